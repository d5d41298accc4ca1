import { VisuallyHidden } from '@mantine/core';
import type { FlowNode } from '@parley/runtime';
import { useTranslation } from 'react-i18next';
import type { Journey, JourneyStep } from '../api/counts.ts';
import { useBotId, useVersionFlow } from '../document/use-live.ts';
import { useFormats } from '../ui/formats.ts';
import { isolate } from '../ui/isolate.ts';
import classes from './counts.module.css';
import { onCanvas } from './journey-layer.ts';
import { type Names, useNames } from './use-names.ts';

const ONWARD = ' › '; // turns round by itself where the language runs from right to left
const ENDS = ['done', 'failed', 'expired', 'replaced', 'stopped'] as const;

interface StepWordsProps {
  step: JourneyStep;
  /** Of the person. */
  name: string;
  session: Journey['sessions'][number] | undefined;
}

/** One step in words: what happened, which way it led, what the bot did, and how it ended. */
export function StepWords({ step, name, session }: StepWordsProps) {
  const { t } = useTranslation('counts');
  const { time } = useFormats();
  const { names, areKnown } = useNamesIn(session);
  const { happened, said, sent } = useEventWords(step, name, names);
  const way = (areKnown ? step.visits : [])
    .filter(({ node, port }) => port === null && !node.includes('/'))
    .map(({ node }) => names.node(onCanvas(node)).title);
  const end = ENDS.find((one) => one === step.ended);
  return (
    <>
      <span className={classes.event}>
        <span className={classes.happened}>{happened}</span>
        <time className={classes.quiet} dateTime={step.at}>
          {time(new Date(step.at))}
        </time>
      </span>
      {sent !== undefined && (
        <span className={classes.bubble} data-from="contact" data-kind="">
          {sent}
        </span>
      )}
      {said !== undefined && <Bubble from="contact" text={said} />}
      {way.length > 0 && <span className={classes.quiet}>{way.map(isolate).join(ONWARD)}</span>}
      <EffectWords effects={step.effects} />
      {step.handedOver && <span className={classes.quiet}>{t('ended.handedOver')}</span>}
      {step.fault && (
        <span className={classes.fault}>{t('journey.failed', { text: isolate(step.fault.message) })}</span>
      )}
      {end && <span className={classes.end}>{t(`ended.${end}`)}</span>}
    </>
  );
}

const NOTHING: readonly FlowNode[] = [];

/** Steps of another bot are called as in its version then; those of a draft or of a deleted bot are known no more. */
function useNamesIn(session: StepWordsProps['session']): { names: Names; areKnown: boolean } {
  const here = useBotId();
  const isElsewhere = session !== undefined && session.flow !== here;
  const { data: other } = useVersionFlow(isElsewhere ? session.version : null, session?.flow);
  const names = useNames(isElsewhere ? (other?.nodes ?? NOTHING) : undefined);
  return { names, areKnown: !isElsewhere || !!other };
}

/** What the effects of the language are to people. */
const KINDS: ReadonlyMap<string, 'contact' | 'sort' | 'note' | 'notify' | 'flow' | 'event'> = new Map([
  ['contact.update', 'contact'],
  ['contact.tag', 'contact'],
  ['contact.group', 'contact'],
  ['contact.consent', 'contact'],
  ['conversation.update', 'sort'],
  ['conversation.note', 'note'],
  ['notification.create', 'notify'],
  ['flow.start', 'flow'],
  ['event.emit', 'event'],
]);

function EffectWords({ effects }: Pick<JourneyStep, 'effects'>) {
  const { t } = useTranslation('counts');
  const words = ({ kind, text }: JourneyStep['effects'][number]) => {
    if (kind === 'message.send') return <Bubble from="bot" text={text ?? '…'} />;
    const known = KINDS.get(kind);
    if (known) return t(`effects.${known}`);
    return t('effects.other', { kind });
  };
  // That a message was marked as read tells nobody anything
  const told = effects.filter(({ kind, problem }) => kind !== 'message.read' || problem !== null);
  return told.map((effect, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: what was done is never put in another order
    <span key={index} className={classes.effect}>
      {words(effect)}
      {effect.problem && (
        <span className={classes.fault}> {t('journey.failed', { text: isolate(effect.problem) })}</span>
      )}
    </span>
  ));
}

/** Words that were sent, as a chat shows them: each run as they do, whatever the page's language. */
function Bubble({ from, text }: { from: 'contact' | 'bot'; text: string }) {
  const { t } = useTranslation('counts');
  return (
    <>
      {from === 'bot' && <VisuallyHidden>{t('journey.bot')}</VisuallyHidden>}
      <span className={classes.bubble} data-from={from} dir="auto">
        {text}
      </span>
    </>
  );
}

const SENT = ['image', 'video', 'audio', 'document', 'sticker', 'location', 'contacts', 'form', 'order'] as const;

/** What happened, the words that a person sent with it, and what they sent where that is more than words. */
function useEventWords(
  step: JourneyStep,
  name: string,
  names: Names,
): { happened: string; said?: string; sent?: string } {
  const { t } = useTranslation('counts');
  const other = useOtherWords(step, names);
  const { kind, text, type, choice } = step.event;
  if (kind !== 'message') return { happened: other };
  const happened = t(choice === null ? 'events.message' : 'events.button', { name: isolate(name) });
  const media = SENT.find((one) => one === type) ?? (text ? undefined : 'other');
  return { happened, ...(text && { said: text }), ...(media && { sent: t(`sent.${media}`) }) };
}

/** The same of what no person sent. */
function useOtherWords({ event: { kind, text, choice }, visits }: JourneyStep, names: Names): string {
  const { t } = useTranslation('counts');
  const words = text ?? '';
  switch (kind) {
    case 'message':
      return words;
    case 'answer': {
      const node = visits[0]?.node ?? '';
      return text
        ? t('events.answerFailed', { text: isolate(text) })
        : t('events.answer', { way: names.port(node, choice ?? 'next') });
    }
    case 'result':
      return text ? t('events.resultFailed', { text: isolate(text) }) : t('events.result');
    case 'start':
      return t('events.start', {
        by: words === 'webhook' || words === 'schedule' || words === 'flow' ? t(`events.startBy.${words}`) : words,
      });
    case 'event':
      return t('events.event', { name: isolate(words) });
    default:
      return t(`events.${kind}`);
  }
}
