import { Text, VisuallyHidden } from '@mantine/core';
import { useEffect, useState } from 'react';
import { Trouble } from '../ui/Trouble.tsx';
import { control, type LogEntry } from './control.ts';
import classes from './panel.module.css';
import { useSending } from './use-sending.ts';
import { words } from './words.ts';

const say = words.log;
const SHOWN = 100; // the newest calls

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });

/** Every call of the API and of a webhook, newest first. */
export function LogPanel({ round }: { round: number }) {
  const [entries, setEntries] = useState<LogEntry[] | null>(null);
  const { refused, send } = useSending();
  // biome-ignore lint/correctness/useExhaustiveDependencies: fetched anew whenever something has happened
  useEffect(() => void send(control.readLog, (got) => setEntries(got.entries)), [round]);
  return (
    <div className={classes.panel}>
      {refused !== null && <Trouble text={refused} />}
      {entries?.length === 0 && <Text c="dimmed">{say.none}</Text>}
      <ol className={classes.log} aria-label={say.title}>
        {entries?.slice(0, SHOWN).map((entry, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: counted from the oldest, which keeps its number when newer ones come
          <li key={entries.length - index}>
            <Entry entry={entry} />
          </li>
        ))}
      </ol>
    </div>
  );
}

function Entry({ entry: { at, way, method, path, status, request, response, note } }: { entry: LogEntry }) {
  const isBad = status === null || status >= 400;
  return (
    <details className={classes.entry}>
      <summary>
        <span className={classes.way} aria-hidden="true">
          {way === 'in' ? '→' : '←'}
        </span>
        <VisuallyHidden>{say[way]} </VisuallyHidden>
        <span className={classes.status} data-bad={isBad || undefined}>
          {status ?? say.noAnswer}
        </span>
        <span className={classes.path}>
          {method} {path}
        </span>
        <time dateTime={at}>{clock.format(new Date(at))}</time>
      </summary>
      {note && <p className={classes.noted}>{note}</p>}
      {request && <Body title={say.request} text={request} />}
      {response && <Body title={say.response} text={response} />}
    </details>
  );
}

const Body = ({ title, text }: { title: string; text: string }) => (
  <>
    <h4 className={classes.bodyTitle}>{title}</h4>
    {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
    <pre className={classes.body} tabIndex={0}>
      {pretty(text)}
    </pre>
  </>
);

/** A body that was cut off or is a form stays as it is. */
function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
