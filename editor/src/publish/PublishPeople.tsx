import { Text } from '@mantine/core';
import { nodeTypes } from '@parley/nodes';
import type { Flow } from '@parley/runtime';
import { IconAlertTriangle, IconUsers } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { peopleInside } from './people-inside.ts';
import classes from './publish.module.css';
import { useFactWords } from './use-fact-words.ts';
import { usePeople } from './use-versions.ts';

const SHOWN = 8; // steps; the rest is counted

/** Who is in the middle of the bot right now, and that nobody is thrown out. */
export function PublishPeople({ draft, liveFlow }: { draft: Flow; liveFlow: Flow | null }) {
  const { t } = useTranslation('publish');
  const { step } = useFactWords();
  const { data } = usePeople();
  if (!data) return null;
  const inside = peopleInside(data, draft, liveFlow ? [liveFlow] : [], nodeTypes);
  const all = inside.reduce((sum, { count }) => sum + count, 0);
  const shown = inside.slice(0, SHOWN);
  const rest = inside.slice(SHOWN).reduce((sum, { count }) => sum + count, 0);
  return (
    <section aria-label={t('people.title')} className={classes.section}>
      <Text size="sm" fw={600}>
        {all === 0 ? t('people.nobody') : t('people.inside', { count: all })}
      </Text>
      {all > 0 && (
        <>
          <ul className={classes.people}>
            {shown.map((one) => (
              <li key={one.step.id} data-removed={one.isRemoved || undefined}>
                {one.isRemoved ? (
                  <IconAlertTriangle size={16} aria-hidden="true" />
                ) : (
                  <IconUsers size={16} aria-hidden="true" />
                )}
                <span>
                  {t(one.isRemoved ? 'people.atRemoved' : 'people.at', {
                    count: one.count,
                    step: step(one.step),
                    version: one.version,
                  })}
                </span>
              </li>
            ))}
            {rest > 0 && <li>{t('people.rest', { count: rest })}</li>}
          </ul>
          <Text size="sm" c="dimmed">
            {t('people.finish')}
          </Text>
        </>
      )}
    </section>
  );
}
