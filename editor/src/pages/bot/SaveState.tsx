import { Button, Text, Tooltip, VisuallyHidden } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCloudCheck,
  IconCloudOff,
  IconCloudUpload,
  IconPencil,
  IconUsers,
} from '@tabler/icons-react';
import { useSelector } from '@xstate/store-react';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SaveState as State } from '../../document/document.ts';
import { useOpenFlow } from '../../document/use-document.ts';
import { useFormats } from '../../ui/formats.ts';
import { say } from '../../ui/notices.ts';
import classes from './save-state.module.css';
import { useChangeWords } from './use-their-savings.ts';

const ConflictDialog = lazy(() => import('./ConflictDialog.tsx'));

const ICONS = {
  clean: IconCloudCheck,
  dirty: IconPencil,
  saving: IconCloudUpload,
  offline: IconCloudOff,
  conflict: IconUsers,
  refused: IconAlertTriangle,
  full: IconAlertTriangle,
} as const;

/** What asks for attention: said in full to a reader of the screen, and in colour. */
const TROUBLES: readonly (State | 'full')[] = ['offline', 'conflict', 'refused', 'full'];

/** Whether what is on the canvas is on the server, why not, and what to do about it. */
export function SaveState() {
  const { t } = useTranslation('bot');
  const { document } = useOpenFlow();
  const saveState = useSelector(document.store, (state) => state.context.saveState);
  const reason = useSelector(document.store, (state) => state.context.reason) ?? '';
  const isKept = useSelector(document.store, (state) => state.context.isKept);
  const [isDeciding, setDeciding] = useState(false);
  useMergeNotice();
  useEffect(() => setDeciding(saveState === 'conflict'), [saveState]);

  const shown = !isKept && (saveState === 'dirty' || saveState === 'offline') ? 'full' : saveState;
  const isTrouble = TROUBLES.includes(shown);
  const more = t(`savingMore.${shown}`, { reason });
  const Icon = ICONS[shown];
  return (
    <div className={classes.whole} data-trouble={isTrouble || undefined}>
      <Tooltip label={more} multiline w={280} events={{ hover: true, focus: true, touch: true }}>
        <div role="status" className={classes.state}>
          <Icon size={18} aria-hidden />
          <Text span size="sm" className={classes.words}>
            {t(`saving.${shown}`)}
          </Text>
          {isTrouble && <VisuallyHidden>. {more}</VisuallyHidden>}
        </div>
      </Tooltip>
      {(saveState === 'offline' || saveState === 'refused') && (
        <Button size="compact-sm" variant="default" className={classes.action} onClick={document.save}>
          {t('saveRetry')}
        </Button>
      )}
      {saveState === 'conflict' && (
        <Button size="compact-sm" variant="default" className={classes.action} onClick={() => setDeciding(true)}>
          {t('saveDecide')}
        </Button>
      )}
      {isDeciding && (
        <Suspense fallback={null}>
          <ConflictDialog onClose={() => setDeciding(false)} />
        </Suspense>
      )}
    </div>
  );
}

const NAMED = 3; // changes of the other person; the rest is counted

/** Tells what came in beside what one is working on: nothing of it was asked, as nothing of it was in question. */
function useMergeNotice(): void {
  const { t } = useTranslation('bot');
  const { list } = useFormats();
  const words = useChangeWords();
  const { document } = useOpenFlow();
  const merged = useSelector(document.store, (state) => state.context.merged);
  const told = useRef(0);
  useEffect(() => {
    if (!merged || merged.number <= told.current) return;
    told.current = merged.number;
    const what = merged.theirs.slice(0, NAMED).map(words);
    const more = merged.theirs.length - what.length;
    if (more > 0) what.push(t('conflict.andMore', { count: more }));
    say(t('conflict.cameIn', { what: list(what) }), { tone: 'info' });
  }, [merged, words, list, t]);
}
