import { useTranslation } from 'react-i18next';
import classes from './length.module.css';

const SHORT = 100; // characters: below this limit the count always shows, above it from four fifths on
const NEAR = 0.8;

/** How long a text is beside what WhatsApp takes; with variables it can only be a guess. */
export function Length({ text, limit }: { text: string; limit: number | null }) {
  const { t } = useTranslation('inspector');
  if (limit === null || (limit > SHORT && text.length < limit * NEAR)) return null;
  const isTemplate = text.includes('{{');
  const state = text.length <= limit ? 'fits' : isTemplate ? 'unsure' : 'over';
  return (
    <output className={classes.length} data-state={state} title={isTemplate ? t('length.unsure') : undefined}>
      <span aria-hidden="true" dir="ltr">
        {isTemplate ? '≈ ' : ''}
        {text.length} / {limit}
      </span>
      <span className={classes.spoken}>{t('length.of', { count: text.length, limit })}</span>
    </output>
  );
}
