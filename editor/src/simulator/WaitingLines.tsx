import { useTranslation } from 'react-i18next';
import { Bubble } from './Bubble.tsx';
import type { ChatLine } from './talk/talk-view.ts';
import classes from './waiting-lines.module.css';

const nothing = () => {};

/** What the customer wrote while the talk is halted: it is there, and its answer is shown when the talk goes on. */
export function WaitingLines({ lines }: { lines: readonly ChatLine[] }) {
  const { t } = useTranslation('simulator');
  return (
    <section className={classes.waiting} aria-label={t('waiting', { count: lines.length })}>
      {lines.map(
        (line, index) =>
          line.from !== 'system' && (
            <Bubble key={line.key} line={line} follows={index > 0} onTap={nothing} onOpen={nothing} />
          ),
      )}
      <small>{t('waiting', { count: lines.length })}</small>
    </section>
  );
}
