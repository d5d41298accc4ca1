import { useTranslation } from 'react-i18next';
import { Trouble } from '../ui/Trouble.tsx';
import type { Refusal } from './use-publishing.ts';

/** Why nothing was published, and what to do about it. */
export function PublishRefusal({ refusal, onReload }: { refusal: Refusal; onReload: () => void }) {
  const { t } = useTranslation('publish');
  switch (refusal.kind) {
    case 'saved_meanwhile':
      return <Trouble text={t('refusal.saved')} action={{ label: t('refusal.load'), onClick: onReload }} />;
    case 'published_meanwhile':
      return <Trouble text={t('refusal.published')} />;
    case 'has_errors':
      return <Trouble text={t('refusal.errors')} />;
    case 'other':
      return <Trouble text={t('refusal.other', { reason: refusal.reason })} />;
  }
}
