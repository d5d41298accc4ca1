import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export default function ProblemsPanel() {
  const { t } = useTranslation('problems');
  return <Text p="md">{t('title')}</Text>;
}
