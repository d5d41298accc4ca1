import type { JsonObject } from '@parley/runtime';
import { useTranslation } from 'react-i18next';
import { useNodeWords } from '../ui/node-words.ts';
import { usePhone } from '../ui/use-phone.ts';
import classes from './state-strip.module.css';
import type { TalkView } from './talk/talk-view.ts';
import { variableRows } from './talk/watch.ts';

type StateStripProps = Pick<TalkView, 'status' | 'place' | 'variables'>;

/** Where the conversation is and what it keeps. Beside the chat; on a phone one line above it that opens. */
export function StateStrip({ status, place, variables }: StateStripProps) {
  const { t } = useTranslation('simulator');
  const nodeWords = useNodeWords();
  const isPhone = usePhone();
  const elsewhere = t(status === 'done' ? 'state.done' : status === 'failed' ? 'state.failed' : 'state.nowhere');
  const where = place ? nodeWords(place.name) : elsewhere;
  if (isPhone) {
    return (
      <details className={classes.strip}>
        <summary className={classes.summary}>
          <span className={classes.quiet}>{t('state.at')}:</span> {where}
        </summary>
        <Variables variables={variables} />
      </details>
    );
  }
  return (
    <aside className={classes.strip} aria-label={t('state.title')}>
      <h3 className={classes.heading}>{t('state.at')}</h3>
      <p className={classes.place}>{where}</p>
      {place && <code className={classes.quiet}>{place.id}</code>}
      <Variables variables={variables} />
    </aside>
  );
}

function Variables({ variables }: { variables: JsonObject }) {
  const { t } = useTranslation('simulator');
  const rows = variableRows(variables);
  return (
    <>
      <h3 className={classes.heading}>{t('state.variables')}</h3>
      {rows.length === 0 ? (
        <p className={classes.quiet}>{t('state.none')}</p>
      ) : (
        <dl className={classes.variables}>
          {rows.map(({ name, value }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}
