import type { Flow } from '@parley/runtime';
import { useTranslation } from 'react-i18next';
import { triggerWords } from '../document/trigger-words.ts';
import classes from './system-note.module.css';
import type { ChatLine } from './talk/talk-view.ts';

type SystemLine = Extract<ChatLine, { from: 'system' }>;

/** What happened to the conversation, between the bubbles. */
export function SystemNote({ line, flow }: { line: SystemLine; flow: Flow }) {
  const [title, detail] = useWordsOf(line, flow);
  return (
    <div className={classes.note} data-failed={line.event === 'failed' || undefined}>
      <strong>{title}</strong>
      {detail && <span>{detail}</span>}
    </div>
  );
}

function useWordsOf({ event, text, team }: SystemLine, flow: Flow): [string, string | null] {
  const { t } = useTranslation('simulator');
  switch (event) {
    case 'handed-over':
      return [team ? t('events.handedOverTo', { team }) : t('events.handedOver'), text === team ? null : text];
    case 'taken-back':
      return [t('events.takenBack'), text];
    case 'ended':
      return [t('events.ended'), null];
    case 'failed':
      return [t('events.failed'), text];
    case 'skipped':
      return [t('events.skipped'), text];
    case 'unheard':
      return [t('events.unheard'), null];
    case 'opted-out':
      return [t('events.optedOut'), t('events.optedOutHint')];
    case 'opted-in':
      return [t('events.optedIn'), null];
    case 'no-flow': {
      const { keywords } = triggerWords(flow);
      return [
        t('events.noFlow'),
        keywords.length > 0 ? t('events.noFlowHint', { keywords: keywords.join(', ') }) : null,
      ];
    }
  }
}
