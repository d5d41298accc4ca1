import { Fragment, useEffect, useRef } from 'react';
import classes from './chat-pane.module.css';
import type { CustomerAct, PhoneMessage } from './control.ts';
import { MessageLine } from './MessageLine.tsx';
import { dayOf } from './moments.ts';
import type { About, SheetOf } from './opened.ts';
import { words } from './words.ts';

const say = words.chat;
const NEAR = 120; // pixels from the end within which a reader is taken along to what comes

interface TranscriptProps {
  messages: readonly PhoneMessage[] | null;
  typing: boolean;
  business: string;
  onAct: (what: CustomerAct) => void;
  onSheet: (sheet: SheetOf) => void;
  onAbout: (about: About) => void;
}

export function Transcript({ messages, typing, business, onAct, onSheet, onAbout }: TranscriptProps) {
  const scroll = useEndInSight(messages, typing);
  const byId = new Map(messages?.map((message) => [message.id, message]));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
    <section className={classes.scroll} ref={scroll} tabIndex={0} aria-label={say.conversation}>
      {messages?.length === 0 && <p className={classes.empty}>{say.empty}</p>}
      <div role="log" aria-label={say.conversation} className={classes.lines}>
        {messages?.map((message, index) => {
          const before = messages[index - 1];
          const newDay = !before || dayOf(before.at) !== dayOf(message.at);
          return (
            <Fragment key={message.id}>
              {newDay && (
                <time className={classes.day} dateTime={message.at}>
                  {dayOf(message.at)}
                </time>
              )}
              <MessageLine
                message={message}
                quoted={message.replyTo === null ? null : (byId.get(message.replyTo) ?? 'unknown')}
                business={business}
                follows={!newDay && before?.from === message.from}
                onAct={onAct}
                onSheet={onSheet}
                onAbout={onAbout}
              />
            </Fragment>
          );
        })}
      </div>
      {typing && (
        <p className={classes.typing} role="status">
          <bdi>{business}</bdi> {say.typing}
        </p>
      )}
    </section>
  );
}

/** Keeps the newest in sight, unless the reader has gone up to what was before. */
function useEndInSight(messages: readonly PhoneMessage[] | null, typing: boolean) {
  const scroll = useRef<HTMLElement>(null);
  const isAtEnd = useRef(true);
  useEffect(() => {
    const { current } = scroll;
    if (!current) return;
    const look = () => {
      isAtEnd.current = current.scrollHeight - current.scrollTop - current.clientHeight < NEAR;
    };
    const follow = () => {
      if (isAtEnd.current) current.scrollTop = current.scrollHeight;
    };
    // Pictures grow when they have been fetched; a quote above the composer takes room from the chat
    const grown = new ResizeObserver(follow);
    for (const one of [current, ...current.children]) grown.observe(one);
    current.addEventListener('scroll', look, { passive: true });
    return () => {
      grown.disconnect();
      current.removeEventListener('scroll', look);
    };
  }, []);
  const mine = messages?.findLast(({ from }) => from === 'customer')?.id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: who writes wants to see what they wrote
  useEffect(() => {
    isAtEnd.current = true;
  }, [mine]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever came last is brought into sight
  useEffect(() => {
    if (isAtEnd.current && scroll.current) scroll.current.scrollTop = scroll.current.scrollHeight;
  }, [messages, typing]);
  return scroll;
}
