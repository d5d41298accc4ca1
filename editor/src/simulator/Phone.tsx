import { inboundMessage, inboundText } from '@parley/runtime';
import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Composer } from '../chat/Composer.tsx';
import { FormSheet } from '../chat/FormSheet.tsx';
import { ListSheet } from '../chat/ListSheet.tsx';
import type { Opened } from '../chat/opened.ts';
import { Trouble } from '../ui/Trouble.tsx';
import type { AnswerMemory } from './answer-memory.ts';
import { FirstWords } from './FirstWords.tsx';
import { HandedOver } from './HandedOver.tsx';
import { HttpQuestion } from './HttpQuestion.tsx';
import { PlaceSheet } from './PlaceSheet.tsx';
import classes from './phone.module.css';
import { Transcript } from './Transcript.tsx';
import type { Talk } from './talk/create-talk.ts';
import type { TalkView } from './talk/talk-view.ts';
import { WaitingLines } from './WaitingLines.tsx';

interface PhoneProps {
  talk: Talk;
  view: TalkView;
  composer: RefObject<HTMLTextAreaElement | null>;
  /** Beside the field: what else can be sent. */
  attach?: ReactNode;
  /** Above the talk. */
  head?: ReactNode;
  answers?: AnswerMemory;
  onBack?: (line: number) => void;
  onReact?: () => void;
  /** A trigger that no message sets off. */
  onBegin: (node: string) => void;
  onSheet?: (isOpen: boolean) => void;
}

/** The customer's phone: the talk, what the flow asks of others, and the field to write in. */
export function Phone({ talk, view, composer, attach, head, answers, onBack, onReact, onBegin, onSheet }: PhoneProps) {
  const { t } = useTranslation('simulator');
  const [sheet, setSheet] = useState<Opened | null>(null);
  const end = useRef<HTMLDivElement>(null);
  const { lines, question, owner, crash, flow } = view;

  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever came last is brought into sight
  useEffect(() => {
    // The newest browsers answer with a promise, which is no clean-up of an effect
    void end.current?.scrollIntoView({ block: 'end' });
  }, [lines.length, view.waiting.length, question, owner]);

  const show = (content: Opened | null) => {
    setSheet(content);
    onSheet?.(content !== null);
  };
  const say = (message: Parameters<typeof inboundMessage>[0]) =>
    void talk.act({ kind: 'say', message: inboundMessage(message) });
  const tap = ({ id, title }: { id: string; title: string }) => say({ type: 'button', text: title, payload: id });
  const write = (text: string) => void talk.act({ kind: 'say', message: inboundText(text) });

  return (
    <div className={classes.phone}>
      {head}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className={classes.scroll} aria-label={t('screen')} tabIndex={0}>
        {lines.length === 0 && <FirstWords flow={flow} onSay={write} onBegin={onBegin} />}
        <Transcript lines={lines} flow={flow} onTap={tap} onOpen={show} onBack={onBack} onReact={onReact} />
        {view.waiting.length > 0 && <WaitingLines lines={view.waiting} />}
        {question && (
          <HttpQuestion
            key={`${question.method} ${question.url} ${lines.length}`}
            request={question}
            known={answers?.find(question)}
            queued={view.queued}
            remembers={answers !== undefined}
            onAnswer={(reply, kept) => {
              if (kept) answers?.keep(question, kept);
              talk.answer(reply);
              composer.current?.focus();
            }}
          />
        )}
        {crash !== null && <Trouble text={t('crashed', { reason: crash })} />}
        <div ref={end} className={classes.end} />
      </section>
      {owner === 'queue' && (
        <HandedOver
          onGiveBack={() => {
            void talk.act({ kind: 'resume' });
            composer.current?.focus();
          }}
        />
      )}
      <Composer ref={composer} onSend={write} before={attach} />
      <ListSheet list={sheet?.kind === 'list' ? sheet : null} onClose={() => show(null)} onChoose={tap} />
      <FormSheet
        form={sheet?.kind === 'form' ? sheet : null}
        onClose={() => show(null)}
        onAnswer={(data) => say({ type: 'form', data })}
      />
      <PlaceSheet
        isOpen={sheet?.kind === 'locationRequest'}
        onClose={() => show(null)}
        onSend={(location) => say({ type: 'location', location })}
      />
    </div>
  );
}
