import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import bubble from '../../chat/bubble.module.css';
import { FormattedText } from '../../chat/FormattedText.tsx';
import { isolate } from '../../ui/isolate.ts';
import { kindWords } from './kind-words.ts';
import classes from './trial-phone.module.css';
import type { Sent } from './use-trial-phone.ts';

/** What was written and is on its way, or was refused. */
export function SentLine({ sent: { written, refused }, onAgain }: { sent: Sent; onAgain: () => void }) {
  const { t } = useTranslation('numbers');
  const text = 'text' in written ? written.text : t(kindWords(written.type));
  return (
    <article className={bubble.bubble} data-from="contact">
      <div className={bubble.text} translate="no">
        <FormattedText text={text} />
      </div>
      {refused === null ? (
        <p className={bubble.time}>{t('phone.sending')}</p>
      ) : (
        <>
          <p className={bubble.failed}>{t('phone.failed', { reason: isolate(refused) })}</p>
          <Button className={classes.again} size="compact-sm" variant="default" onClick={onAgain}>
            {t('phone.again')}
          </Button>
        </>
      )}
    </article>
  );
}
