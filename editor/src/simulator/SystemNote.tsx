import type { Flow } from '@parley/runtime';
import type { ChatLine } from './chat-view.ts';
import classes from './system-note.module.css';
import { triggerWords } from './trigger-words.ts';
import { words } from './words.ts';

type SystemLine = Extract<ChatLine, { from: 'system' }>;

/** What happened to the conversation, between the bubbles. */
export function SystemNote({ line, flow }: { line: SystemLine; flow: Flow }) {
  const [title, detail] = wordsOf(line, flow);
  return (
    <div className={classes.note} data-failed={line.event === 'failed' || undefined}>
      <strong>{title}</strong>
      {detail && <span>{detail}</span>}
    </div>
  );
}

function wordsOf({ event, text, team }: SystemLine, flow: Flow): [string, string | null] {
  switch (event) {
    case 'handed-over':
      return [words.handedOver(team), text === team ? null : text];
    case 'taken-back':
      return [words.takenBack, text];
    case 'ended':
      return [words.ended, null];
    case 'failed':
      return [words.failed, text];
    case 'skipped':
      return [words.skipped, text];
    case 'unheard':
      return [words.unheard, null];
    case 'no-flow': {
      const { keywords } = triggerWords(flow);
      return [words.noFlow, keywords.length > 0 ? words.noFlowHint(keywords.join(', ')) : null];
    }
  }
}
