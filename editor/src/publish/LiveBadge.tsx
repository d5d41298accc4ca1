import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { FlowSummary } from '../api/flows.ts';
import { useKnownStatus } from './use-versions.ts';

/** Whether customers get the bot; follows a publishing. */
export function LiveBadge({ first, className }: { first: FlowSummary['status']; className?: string | undefined }) {
  const { t } = useTranslation('bot');
  const status = useKnownStatus() ?? first;
  return (
    <Badge className={className} variant="light" color={status === 'active' ? 'teal' : 'gray'}>
      {t(`status.${status}`)}
    </Badge>
  );
}
