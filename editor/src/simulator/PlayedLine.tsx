import { Button } from '@mantine/core';
import type { Flow } from '@parley/runtime';
import { useTranslation } from 'react-i18next';
import classes from './played-line.module.css';
import { usePlayed } from './use-played.ts';
import { useSimulator } from './use-simulator.ts';

/** Whether the phone talks to the draft or to what customers get, and the way to the other. */
export function PlayedLine({ library }: { library: Readonly<Record<string, Flow>> }) {
  const { t } = useTranslation('simulator');
  const { talk, change } = useSimulator();
  const { side, live, isSame, isKnown } = usePlayed();
  if (!isKnown) return null;
  const version = live?.version ?? 0;
  const words =
    live === null ? 'never' : side === 'live' ? 'live' : isSame ? (live.isOn ? 'same' : 'sameOff') : 'ahead';

  const playLive = () => {
    if (!live) return;
    change({ plays: 'live' });
    void talk.restart({ flow: live.flow, library, now: new Date().toISOString() });
  };
  return (
    <div className={classes.line} data-side={side}>
      <p>{t(`played.${words}`, { version })}</p>
      {live !== null && side === 'draft' && !isSame && (
        <Button size="compact-xs" variant="default" onClick={playLive}>
          {t('played.toLive', { version })}
        </Button>
      )}
      {side === 'live' && (
        <Button size="compact-xs" variant="default" onClick={() => change({ plays: 'draft' })}>
          {t('played.toDraft')}
        </Button>
      )}
    </div>
  );
}
