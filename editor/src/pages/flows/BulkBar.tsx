import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { FlowSummary } from '../../api/flows.ts';
import classes from './bulk-bar.module.css';

interface BulkBarProps {
  bots: readonly FlowSummary[];
  onTag: () => void;
  onStop: () => void;
  onExport: () => void;
  onRemove: () => void;
  onClear: () => void;
}

/** What can be done with all that are selected. It stays in sight while one scrolls. */
export function BulkBar({ bots, onTag, onStop, onExport, onRemove, onClear }: BulkBarProps) {
  const { t } = useTranslation('flows');
  const isAnyLive = bots.some(({ status }) => status === 'active');
  return (
    <section className={classes.bar} aria-label={t('bulk.label')}>
      <Text size="sm" fw={600} role="status">
        {t('bulk.selected', { count: bots.length })}
      </Text>
      <Group gap="xs" className={classes.deeds}>
        <Button variant="default" size="xs" onClick={onTag}>
          {t('bulk.tag')}
        </Button>
        <Button variant="default" size="xs" onClick={onStop} disabled={!isAnyLive}>
          {t('bulk.off')}
        </Button>
        <Button variant="default" size="xs" onClick={onExport}>
          {t('bulk.export')}
        </Button>
        <Button variant="default" size="xs" className={classes.remove} onClick={onRemove}>
          {t('bulk.remove')}
        </Button>
        <Button variant="subtle" size="xs" onClick={onClear}>
          {t('bulk.none')}
        </Button>
      </Group>
    </section>
  );
}
