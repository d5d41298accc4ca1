import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export default function CountsPanel() {
  const { t } = useTranslation('counts');
  return <Text p="md">{t('title')}</Text>;
}
