import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './form.module.css';
import { useForm, useValues } from './form-context.ts';

/** Settings that the node type does not know: kept as they are, shown, and taken away only by hand. */
export function UnknownKeys({ keys }: { keys: readonly string[] }) {
  const { t } = useTranslation('inspector');
  const { change, isReadOnly } = useForm();
  const values = useValues();
  if (keys.length === 0) return null;
  return (
    <section className={classes.unknown} aria-label={t('unknown.title')}>
      <Text size="sm" fw={500}>
        {t('unknown.title')}
      </Text>
      <Text size="xs" c="dimmed">
        {t('unknown.text')}
      </Text>
      {keys.map((key) => (
        <Group key={key} gap="xs" justify="space-between" wrap="nowrap">
          <Text size="xs" ff="monospace" style={{ overflowWrap: 'anywhere' }} dir="ltr">
            {key}: {JSON.stringify(values[key])}
          </Text>
          {isReadOnly ? null : (
            <Button
              variant="subtle"
              size="compact-sm"
              aria-label={t('list.remove', { name: key })}
              onClick={() => change([key], undefined)}
            >
              {t('remove')}
            </Button>
          )}
        </Group>
      ))}
    </section>
  );
}
