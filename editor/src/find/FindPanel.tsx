import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export default function FindPanel() {
  const { t } = useTranslation('find');
  return <Text p="md">{t('title')}</Text>;
}
