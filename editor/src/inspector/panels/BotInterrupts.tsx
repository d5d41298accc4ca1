import { Button, CloseButton, Text } from '@mantine/core';
import type { Flow } from '@parley/runtime';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Chips } from '../fields/Chips.tsx';
import { NodeSelect } from '../fields/NodeSelect.tsx';
import { useForm } from '../form/form-context.ts';
import classes from './panels.module.css';

type Interrupt = Flow['settings']['interrupts'][number];

const MOST = 20; // as the format takes them
const BARE = { 'aria-describedby': undefined, 'aria-invalid': undefined, 'aria-required': undefined } as const;

/** Words that lead elsewhere whatever is being asked: "menu", "stop". One counts as soon as it has words and a node. */
export function BotInterrupts({ interrupts, isReadOnly }: { interrupts: readonly Interrupt[]; isReadOnly: boolean }) {
  const { t } = useTranslation('inspector');
  const { change, settle } = useForm();
  const [draft, setDraft] = useState<Interrupt | null>(null);
  const set = (next: readonly Interrupt[]) => {
    settle();
    change(['interrupts'], next);
    settle();
  };
  const update = (index: number, next: Interrupt) => {
    const isWhole = next.keywords.length > 0 && next.target !== '';
    if (index < interrupts.length) {
      if (isWhole) set(interrupts.map((one, at) => (at === index ? next : one)));
      return;
    }
    setDraft(isWhole ? null : next);
    if (isWhole) set([...interrupts, next]);
  };
  const rows = draft ? [...interrupts, draft] : interrupts;
  return (
    <section className={classes.section} aria-label={t('interrupts.title')}>
      <h3 className={classes.sectionTitle}>{t('interrupts.title')}</h3>
      <p className={classes.quiet}>{t('interrupts.about')}</p>
      <ul className={classes.list}>
        {rows.map((one, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: both of its parts are edited; it is known by its place
          <li key={index} className={classes.card}>
            <div className={classes.line}>
              <label htmlFor={`interrupt-${index}`} className={classes.sectionTitle}>
                {t('interrupts.words')}
              </label>
              {isReadOnly ? null : (
                <CloseButton
                  size="sm"
                  aria-label={t('interrupts.remove', { words: one.keywords.join(', ') })}
                  onClick={() =>
                    index < interrupts.length ? set(interrupts.filter((_, at) => at !== index)) : setDraft(null)
                  }
                />
              )}
            </div>
            <Chips
              control={{ id: `interrupt-${index}`, ...BARE }}
              names={one.keywords}
              most={50}
              placeholder={t('interrupts.example')}
              removeLabel={(name) => t('names.remove', { name })}
              isReadOnly={isReadOnly}
              onNames={(keywords) => update(index, { ...one, keywords })}
            />
            <NodeSelect
              control={{ id: `interrupt-target-${index}`, ...BARE }}
              label={t('interrupts.target')}
              value={one.target}
              isReadOnly={isReadOnly}
              onNode={(target) => update(index, { ...one, target })}
            />
          </li>
        ))}
      </ul>
      {draft ? (
        <Text size="xs" c="dimmed">
          {t('interrupts.draft')}
        </Text>
      ) : null}
      {isReadOnly || draft ? null : (
        <Button
          variant="light"
          size="compact-sm"
          justify="start"
          w="fit-content"
          leftSection={<IconPlus size={14} aria-hidden="true" />}
          disabled={interrupts.length >= MOST}
          onClick={() => setDraft({ keywords: [], target: '' })}
        >
          {t('interrupts.add')}
        </Button>
      )}
    </section>
  );
}
