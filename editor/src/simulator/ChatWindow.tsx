import type { Flow } from '@parley/runtime';
import { useSelector } from '@xstate/store-react';
import { useEffect, useRef, useState } from 'react';
import { createCodeService } from '../document/code-service.ts';
import { ChatBar } from './ChatBar.tsx';
import classes from './chat-window.module.css';
import { Phone } from './Phone.tsx';
import { StateStrip } from './StateStrip.tsx';
import { createTalk } from './talk/create-talk.ts';

interface ChatWindowProps {
  flow: Flow;
  /** The flows that it runs inside or starts, by id. */
  library: Readonly<Record<string, Flow>>;
  onSheet: (isOpen: boolean) => void;
}

/** A talk with a saved flow, away from its canvas. */
export function ChatWindow({ flow, library, onSheet }: ChatWindowProps) {
  const [talk] = useState(() =>
    createTalk({ setup: { flow, library, now: new Date().toISOString() }, code: createCodeService() }),
  );
  const view = useSelector(talk.store, (state) => state.context);
  const composer = useRef<HTMLTextAreaElement>(null);

  useEffect(() => {
    // Under a finger the keyboard would cover the talk before it begins
    if (window.matchMedia('(pointer: fine)').matches) composer.current?.focus();
  }, []);

  const restart = () => {
    void talk.restart({ now: new Date().toISOString() });
    composer.current?.focus();
  };
  return (
    <div className={classes.window}>
      <div className={classes.talk}>
        <ChatBar now={view.now} onSkip={(duration) => void talk.act({ kind: 'wait', duration })} onRestart={restart} />
        <Phone
          talk={talk}
          view={view}
          composer={composer}
          onBegin={(node) => void talk.act({ kind: 'begin', node, data: {} })}
          onSheet={onSheet}
        />
      </div>
      <StateStrip status={view.status} place={view.place} variables={view.variables} />
    </div>
  );
}
