import type { JsonObject } from '@parley/runtime';
import { usePhone } from '../ui/use-phone.ts';
import type { ChatView } from './chat-view.ts';
import classes from './state-strip.module.css';
import { variableRows } from './variable-rows.ts';
import { words } from './words.ts';

type StateStripProps = Pick<ChatView, 'status' | 'place' | 'variables'>;

const say = words.state;

/** Where the conversation is and what it keeps. Beside the chat; on a phone one line above it that opens. */
export function StateStrip({ status, place, variables }: StateStripProps) {
  const isPhone = usePhone();
  const where = place?.name ?? (status === 'done' ? say.done : status === 'failed' ? say.failed : say.nowhere);
  if (isPhone) {
    return (
      <details className={classes.strip}>
        <summary className={classes.summary}>
          <span className={classes.quiet}>{say.at}:</span> {where}
        </summary>
        <Variables variables={variables} />
      </details>
    );
  }
  return (
    <aside className={classes.strip} aria-label={say.title}>
      <h3 className={classes.heading}>{say.at}</h3>
      <p className={classes.place}>{where}</p>
      {place && <code className={classes.quiet}>{place.id}</code>}
      <Variables variables={variables} />
    </aside>
  );
}

function Variables({ variables }: { variables: JsonObject }) {
  const rows = variableRows(variables);
  return (
    <>
      <h3 className={classes.heading}>{say.variables}</h3>
      {rows.length === 0 ? (
        <p className={classes.quiet}>{say.none}</p>
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
