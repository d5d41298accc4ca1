import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export default function VersionsPanel() {
  const { t } = useTranslation('publish');
  return <Text p="md">{t('title')}</Text>;
}
