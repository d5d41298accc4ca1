import { VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './bot-skeleton.module.css';

const CARDS = ['first', 'second', 'third'];
const ROWS = ['1', '2', '3', '4', '5', '6', '7'];

/** Where everything of a bot's page will be, while it is on its way. Its words are the shell's, which are there already. */
export function BotSkeleton() {
  const { t } = useTranslation('app');
  return (
    <div className={classes.page} aria-busy="true">
      <VisuallyHidden role="status">{t('loading')}</VisuallyHidden>
      <div className={classes.bar} aria-hidden="true">
        <span className={classes.name} />
        <span className={classes.button} />
      </div>
      <div className={classes.work} aria-hidden="true">
        <div className={classes.list}>
          {ROWS.map((row) => (
            <span key={row} className={classes.row} />
          ))}
        </div>
        <div className={classes.ground}>
          {CARDS.map((card) => (
            <span key={card} className={classes.card} />
          ))}
        </div>
        <div className={classes.pane}>
          {ROWS.slice(0, 4).map((row) => (
            <span key={row} className={classes.row} />
          ))}
        </div>
      </div>
    </div>
  );
}
