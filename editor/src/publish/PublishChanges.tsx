import { Text } from '@mantine/core';
import type { Flow } from '@parley/runtime';
import { useTranslation } from 'react-i18next';
import { changesBehaviour, type Fact } from './describe-difference.ts';
import { FactList } from './FactList.tsx';
import classes from './publish.module.css';

interface PublishChangesProps {
  live: number | null;
  /** Null while the live version is read. */
  facts: readonly Fact[] | null;
  draft: Flow;
}

/** What customers will notice, against the version that is live. */
export function PublishChanges({ live, facts, draft }: PublishChangesProps) {
  const { t } = useTranslation('publish');
  return (
    <div className={classes.section}>
      <Text size="sm" fw={600}>
        {live === null ? t('changes.first') : t('changes.since', { version: live })}
      </Text>
      {live === null ? (
        <Text size="sm">{t('changes.firstText', { count: draft.nodes.length })}</Text>
      ) : facts === null ? (
        <Text size="sm" c="dimmed">
          {t('changes.loading')}
        </Text>
      ) : (
        <>
          {facts.length > 0 && !changesBehaviour(facts) && <Text size="sm">{t('changes.layoutOnly')}</Text>}
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys */}
          <section className={classes.scroll} aria-label={t('changes.title')} tabIndex={0}>
            <FactList label={t('changes.title')} facts={facts} />
          </section>
        </>
      )}
    </div>
  );
}
