import { Text } from '@mantine/core';
import { nodeTypes } from '@parley/nodes';
import { useTranslation } from 'react-i18next';
import type { SavedChange } from '../api/versions.ts';
import { useFlow } from '../document/use-document.ts';
import { useFormats } from '../ui/formats.ts';
import { RelativeTime } from '../ui/RelativeTime.tsx';
import { gatherSavings } from './gather-savings.ts';
import { stepName } from './step-name.ts';
import { useFactWords } from './use-fact-words.ts';
import { useChanges } from './use-versions.ts';
import classes from './versions.module.css';

const WHATS = [
  'added',
  'removed',
  'changed',
  'wires',
  'layout',
  'settings',
  'variables',
  'translations',
  'name',
] as const;

/** Who worked on the draft lately, and on what. */
export function RecentSavings() {
  const { t } = useTranslation('publish');
  const { list } = useFormats();
  const { step } = useFactWords();
  const nodes = useFlow((flow) => flow.nodes);
  const { data } = useChanges(true);
  const now = new Date();
  if (!data) return null;
  if (data.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t('savings.none')}
      </Text>
    );

  const nameOf = ({ node, label, type }: SavedChange['places'][number]): string => {
    const known = nodes.find(({ id }) => id === node);
    return step(stepName(known ?? { id: node ?? '', type: type ?? '', label, config: {} }, nodeTypes));
  };
  const words = (places: SavedChange['places']): string =>
    list(
      WHATS.flatMap((what) => {
        const of = places.filter((place) => place.what === what);
        if (of.length === 0) return [];
        const steps = [...new Set(of.flatMap((place) => (place.node === undefined ? [] : nameOf(place))))];
        return what === 'added' || what === 'removed' || what === 'changed'
          ? t(`savings.${what}`, { steps: list(steps) })
          : t(`savings.${what}`);
      }),
    );

  return (
    <ol className={classes.savings} aria-label={t('draft.savings')}>
      {gatherSavings(data).map(({ revision, author, at, places }) => (
        <li key={revision}>
          <span className={classes.who}>
            {author ?? t('somebody')}
            {at !== null && (
              <>
                {' · '}
                <RelativeTime at={at} now={now} />
              </>
            )}
          </span>
          <span>{words(places) || t('savings.small')}</span>
        </li>
      ))}
    </ol>
  );
}
