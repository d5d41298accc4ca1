import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export default function SimulatorPanel() {
  const { t } = useTranslation('simulator');
  return <Text p="md">{t('title')}</Text>;
}
