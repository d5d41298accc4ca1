import { ActionIcon } from '@mantine/core';
import {
  IconCurrentLocation,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerSkipBack,
  IconPlayerSkipForward,
} from '@tabler/icons-react';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { timeOf } from '../chat/moments.ts';
import { useNodeName } from '../document/node-name.ts';
import { type Command, useCommands } from '../ui/commands.ts';
import classes from './playback-bar.module.css';
import { usePreferences, useSimulator, useTalkView } from './use-simulator.ts';

/** Pause, one node at a time, and back to any moment of the talk. */
export function PlaybackBar() {
  const { t } = useTranslation('simulator');
  const nameOf = useNodeName();
  const { talk, change } = useSimulator();
  const { follows } = usePreferences();
  const { frames, at, mode, stepping, flow } = useTalkView();
  const isLive = mode === 'live';
  const runs = isLive && !stepping;
  const last = Math.max(frames.length - 1, 0);
  const shown = Math.min(at, last);
  const frame = frames[shown];
  const node = flow.nodes.find(({ id }) => id === frame?.node?.split('/')[0]);
  const name = frame?.kind === 'rest' || !node ? t('playback.rest') : nameOf(node);

  const list = useMemo<Command[]>(
    () => [
      {
        id: 'simulator.pause',
        title: t(runs ? 'playback.pause' : 'playback.goOn'),
        group: t('title'),
        shortcuts: ['f8'],
        notWhileTyping: false,
        run: () => (runs ? talk.pause() : talk.goOn()),
      },
      {
        id: 'simulator.step',
        title: t('playback.step'),
        group: t('title'),
        shortcuts: ['f10'],
        notWhileTyping: false,
        run: talk.step,
      },
      {
        id: 'simulator.stepBack',
        title: t('playback.stepBack'),
        group: t('title'),
        shortcuts: ['shift+f10'],
        notWhileTyping: false,
        run: talk.stepBack,
      },
    ],
    [talk, t, runs],
  );
  useCommands(list);

  return (
    <fieldset aria-label={t('playback.label')} className={classes.bar}>
      <Tool label={t('playback.stepBack')} isOff={shown === 0} onClick={talk.stepBack}>
        <IconPlayerSkipBack size={18} />
      </Tool>
      <Tool label={t(runs ? 'playback.pause' : 'playback.goOn')} onClick={() => (runs ? talk.pause() : talk.goOn())}>
        {runs ? <IconPlayerPause size={18} /> : <IconPlayerPlay size={18} />}
      </Tool>
      <Tool label={t('playback.step')} isOff={isLive} onClick={talk.step}>
        <IconPlayerSkipForward size={18} />
      </Tool>
      <input
        type="range"
        className={classes.time}
        aria-label={t('playback.moment')}
        aria-valuetext={frame ? t('playback.at', { node: name, time: timeOf(frame.now) }) : t('playback.nothing')}
        min={0}
        max={last}
        value={shown}
        disabled={frames.length < 2}
        onChange={(event) => talk.goTo(Number(event.currentTarget.value))}
      />
      <ActionIcon
        variant={follows ? 'light' : 'subtle'}
        color={follows ? undefined : 'gray'}
        size={34}
        aria-label={t('playback.follow')}
        title={t('playback.follow')}
        aria-pressed={follows}
        onClick={() => change({ follows: !follows })}
      >
        <IconCurrentLocation size={18} />
      </ActionIcon>
    </fieldset>
  );
}

interface ToolProps {
  label: string;
  isOff?: boolean;
  onClick: () => void;
  children: ReactNode;
}

const Tool = ({ label, isOff = false, onClick, children }: ToolProps) => (
  <ActionIcon
    variant="subtle"
    color="gray"
    size={34}
    aria-label={label}
    title={label}
    disabled={isOff}
    onClick={onClick}
  >
    {children}
  </ActionIcon>
);
