import { Button, Group, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportPreview } from '../../api/exchange.ts';
import { useFormats } from '../../ui/formats.ts';
import { WarningIcon } from '../../ui/icons.tsx';
import { countProblems } from './bot-state.ts';
import classes from './import-dialog.module.css';

interface ImportPreviewListProps {
  preview: ImportPreview;
  isKeeping: boolean;
  onKeep: (name?: string) => void;
  onOther: () => void;
}

/** What a file holds, before anything of it is kept. */
export function ImportPreviewList({ preview: { flows }, isKeeping, onKeep, onOther }: ImportPreviewListProps) {
  const { t } = useTranslation('flows');
  const [first] = flows;
  const [name, setName] = useState(first?.name ?? '');
  const isOne = flows.length === 1;
  return (
    <>
      <Text size="sm" role="status">
        {t('importing.found', { count: flows.length })}
      </Text>
      {isOne && (
        <TextInput
          label={t('importing.name')}
          dir="auto"
          maxLength={200}
          data-autofocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      )}
      <ul className={classes.found} aria-label={t('importing.inside')}>
        {flows.map((flow, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: bots of a file may have the same name, and never move
          <li key={index}>
            <PreviewLine flow={flow} isNamed={!isOne} />
          </li>
        ))}
      </ul>
      <Group justify="flex-end" className={classes.foot}>
        <Button variant="default" onClick={onOther}>
          {t('importing.other')}
        </Button>
        <Button loading={isKeeping} onClick={() => onKeep((isOne && name.trim()) || undefined)}>
          {t('importing.yes', { count: flows.length })}
        </Button>
      </Group>
    </>
  );
}

/** The name of a single bot stands in its field already. */
function PreviewLine({ flow, isNamed }: { flow: ImportPreview['flows'][number]; isNamed: boolean }) {
  const { t } = useTranslation('flows');
  const { list } = useFormats();
  const { errors } = countProblems(flow);
  return (
    <>
      {isNamed && (
        <Text size="sm" fw={600}>
          <bdi>{flow.name || t('importing.untitled')}</bdi>
        </Text>
      )}
      <Text size="sm" c="dimmed">
        {t('importing.steps', { count: flow.nodes })}
      </Text>
      {flow.unknown.length > 0 && (
        <Text size="sm" className={classes.warning}>
          <WarningIcon size={16} />
          <span>{t('importing.unknown', { types: list(flow.unknown) })}</span>
        </Text>
      )}
      {errors > 0 && (
        <Text size="sm" className={classes.warning}>
          <WarningIcon size={16} />
          <span>{t('importing.problems', { count: errors })}</span>
        </Text>
      )}
    </>
  );
}
