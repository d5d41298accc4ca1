import type { Flow } from '@parley/runtime';
import { Fragment } from 'react';
import { isLongAfter, momentOf } from '../chat/moments.ts';
import type { Opened } from '../chat/opened.ts';
import { Bubble } from './Bubble.tsx';
import type { ChatLine } from './chat-view.ts';
import { SystemNote } from './SystemNote.tsx';
import classes from './transcript.module.css';
import { words } from './words.ts';

interface TranscriptProps {
  lines: readonly ChatLine[];
  flow: Flow;
  onTap: (choice: { id: string; title: string }) => void;
  onOpen: (content: Opened) => void;
}

export function Transcript({ lines, flow, onTap, onOpen }: TranscriptProps) {
  return (
    <div role="log" aria-label={words.conversation} className={classes.lines}>
      {lines.map((line, index) => {
        const before = lines[index - 1];
        return (
          <Fragment key={line.key}>
            {before && isLongAfter(line.at, before.at) && (
              <time className={classes.moment} dateTime={line.at}>
                {momentOf(line.at)}
              </time>
            )}
            {line.from === 'system' ? (
              <SystemNote line={line} flow={flow} />
            ) : (
              <Bubble line={line} follows={before?.from === line.from} onTap={onTap} onOpen={onOpen} />
            )}
          </Fragment>
        );
      })}
    </div>
  );
}
