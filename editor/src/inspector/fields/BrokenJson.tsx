import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Told below an editor whose text is no JSON yet; what was valid before it stays saved. */
export function BrokenJson() {
  const { t } = useTranslation('inspector');
  return (
    <Text size="xs" c="var(--mantine-color-error)" role="alert">
      {t('json.broken')}
    </Text>
  );
}
