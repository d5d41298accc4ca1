import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export default function JsonPanel() {
  const { t } = useTranslation('inspector');
  return <Text p="md">{t('config')}</Text>;
}
