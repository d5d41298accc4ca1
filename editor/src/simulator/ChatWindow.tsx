import type { Flow } from '@parley/runtime';
import { inboundMessage, inboundText } from '@parley/runtime';
import { useSelector } from '@xstate/store-react';
import { useEffect, useRef, useState } from 'react';
import { Composer } from '../chat/Composer.tsx';
import { FormSheet } from '../chat/FormSheet.tsx';
import { ListSheet } from '../chat/ListSheet.tsx';
import type { Opened } from '../chat/opened.ts';
import { Trouble } from '../ui/Trouble.tsx';
import { ChatBar } from './ChatBar.tsx';
import classes from './chat-window.module.css';
import { createChat } from './create-chat.ts';
import { FirstWords } from './FirstWords.tsx';
import { HandedOver } from './HandedOver.tsx';
import { HttpQuestion } from './HttpQuestion.tsx';
import { StateStrip } from './StateStrip.tsx';
import { Transcript } from './Transcript.tsx';
import { words } from './words.ts';

/** Where the person who tries a flow stands when it asks for their place. */
const PLACE = { latitude: 38.7223, longitude: -9.1393, name: 'Lisbon', address: null };

interface ChatWindowProps {
  flow: Flow;
  /** The flows that it runs inside or starts, by id. */
  library: Readonly<Record<string, Flow>>;
  onSheet: (isOpen: boolean) => void;
}

export function ChatWindow({ flow, library, onSheet }: ChatWindowProps) {
  const [chat] = useState(() => createChat(flow, library, () => new Date()));
  const view = useSelector(chat.store, (state) => state.context);
  const [sheet, setSheet] = useState<Opened | null>(null);
  const composer = useRef<HTMLTextAreaElement>(null);
  const end = useRef<HTMLDivElement>(null);

  useEffect(() => {
    // Under a finger the keyboard would cover the talk before it begins
    if (window.matchMedia('(pointer: fine)').matches) composer.current?.focus();
  }, []);

  const { lines, question, owner, crash } = view;
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever came last is brought into sight
  useEffect(() => {
    // The newest browsers answer with a promise, which is no clean-up of an effect
    void end.current?.scrollIntoView({ block: 'end' });
  }, [lines.length, question, owner]);

  const showSheet = (content: Opened | null) => {
    setSheet(content);
    onSheet(content !== null);
  };
  const open = (content: Opened) => {
    if (content.kind === 'locationRequest') void chat.say(inboundMessage({ type: 'location', location: PLACE }));
    else showSheet(content);
  };
  const tap = ({ id, title }: { id: string; title: string }) =>
    void chat.say(inboundMessage({ type: 'button', text: title, payload: id }));
  const restart = () => {
    chat.restart();
    composer.current?.focus();
  };

  return (
    <div className={classes.window}>
      <div className={classes.talk}>
        <ChatBar now={view.now} onSkip={chat.skip} onRestart={restart} />
        <div className={classes.scroll}>
          {lines.length === 0 && (
            <FirstWords
              flow={flow}
              onSay={(text) => void chat.say(inboundText(text))}
              onBegin={(node) => void chat.begin(node)}
            />
          )}
          <Transcript lines={lines} flow={flow} onTap={tap} onOpen={open} />
          {question && (
            <HttpQuestion
              key={`${question.method} ${question.url} ${lines.length}`}
              request={question}
              queued={view.queued}
              onAnswer={(reply) => {
                chat.answer(reply);
                composer.current?.focus();
              }}
            />
          )}
          {crash !== null && <Trouble text={`${words.crashed(crash)} ${words.crashedHint}`} />}
          <div ref={end} className={classes.end} />
        </div>
        {owner === 'queue' && (
          <HandedOver
            onGiveBack={() => {
              void chat.giveBack();
              composer.current?.focus();
            }}
          />
        )}
        <Composer ref={composer} onSend={(text) => void chat.say(inboundText(text))} />
      </div>
      <StateStrip status={view.status} place={view.place} variables={view.variables} />
      <ListSheet list={sheet?.kind === 'list' ? sheet : null} onClose={() => showSheet(null)} onChoose={tap} />
      <FormSheet
        form={sheet?.kind === 'form' ? sheet : null}
        onClose={() => showSheet(null)}
        onAnswer={(data) => void chat.say(inboundMessage({ type: 'form', data }))}
      />
    </div>
  );
}
