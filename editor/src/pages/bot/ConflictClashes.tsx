import { Button, Group, Radio } from '@mantine/core';
import type { Flow } from '@parley/runtime';
import { useTranslation } from 'react-i18next';
import type { FlowClash } from '../../document/merge-flows.ts';
import type { MergeSide } from '../../document/merge-values.ts';
import { useClashWords } from '../../publish/use-clash-words.ts';
import classes from './conflict-dialog.module.css';

export type Choices = Readonly<Record<string, MergeSide>>;

interface ConflictClashesProps {
  clashes: readonly FlowClash[];
  flows: { mine: Flow; theirs: Flow };
  choices: Choices;
  onChoose: (choices: Choices) => void;
}

const MANY = 3; // questions from which on one answer for all of them is offered
const MOST = 240; // characters of a text: enough to tell two apart

/** The fields that both changed, each with what either made of it. */
export function ConflictClashes({ clashes, flows, choices, onChoose }: ConflictClashesProps) {
  const { t } = useTranslation('bot');
  const words = useClashWords();
  const all = (side: MergeSide) => onChoose(Object.fromEntries(clashes.map(({ key }) => [key, side])));
  return (
    <section className={classes.clashes} aria-label={t('conflict.both')}>
      <Group justify="space-between" gap="xs">
        <h3>{t('conflict.both')}</h3>
        {clashes.length >= MANY && (
          <Group gap="xs">
            <Button size="compact-sm" variant="default" onClick={() => all('mine')}>
              {t('conflict.allMine')}
            </Button>
            <Button size="compact-sm" variant="default" onClick={() => all('theirs')}>
              {t('conflict.allTheirs')}
            </Button>
          </Group>
        )}
      </Group>
      {clashes.map((clash, index) => {
        const { title, mine, theirs } = words(clash, flows);
        return (
          <Radio.Group
            key={clash.key}
            label={<bdi>{title}</bdi>}
            className={classes.clash}
            value={choices[clash.key] ?? 'mine'}
            onChange={(side) => onChoose({ ...choices, [clash.key]: side === 'theirs' ? 'theirs' : 'mine' })}
          >
            <Radio
              value="mine"
              data-autofocus={index === 0 || undefined}
              label={<Value who={t('conflict.sideMine')} text={mine} />}
            />
            <Radio value="theirs" label={<Value who={t('conflict.sideTheirs')} text={theirs} />} />
          </Radio.Group>
        );
      })}
    </section>
  );
}

function Value({ who, text }: { who: string; text: string | null }) {
  const { t } = useTranslation('bot');
  return (
    <>
      <strong>{who}</strong>{' '}
      <span dir="auto" className={classes.value}>
        {text === null ? t('conflict.empty') : text.length > MOST ? `${text.slice(0, MOST)}…` : text}
      </span>
    </>
  );
}
