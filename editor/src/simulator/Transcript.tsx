import type { Flow } from '@parley/runtime';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { isLongAfter, momentOf } from '../chat/moments.ts';
import type { Opened } from '../chat/opened.ts';
import { Bubble } from './Bubble.tsx';
import { SystemNote } from './SystemNote.tsx';
import type { ChatLine } from './talk/talk-view.ts';
import classes from './transcript.module.css';

interface TranscriptProps {
  lines: readonly ChatLine[];
  flow: Flow;
  onTap: (choice: { id: string; title: string }) => void;
  onOpen: (content: Opened) => void;
  onBack?: (line: number) => void;
  onReact?: () => void;
}

export function Transcript({ lines, flow, onTap, onOpen, onBack, onReact }: TranscriptProps) {
  const { t } = useTranslation('simulator');
  return (
    <div role="log" aria-label={t('conversation')} className={classes.lines}>
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
              <Bubble
                line={line}
                follows={before?.from === line.from}
                onTap={onTap}
                onOpen={onOpen}
                onBack={onBack && (() => onBack(line.key))}
                onReact={line.from === 'bot' ? onReact : undefined}
              />
            )}
          </Fragment>
        );
      })}
    </div>
  );
}
