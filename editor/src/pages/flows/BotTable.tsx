import { Checkbox, Table, VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { FlowSummary } from '../../api/flows.ts';
import { BotRow, type BotRowActions } from './BotRow.tsx';
import classes from './bot-table.module.css';

interface BotTableProps extends BotRowActions {
  bots: readonly FlowSummary[];
  /** The bot that something is being done to. */
  busy: string | null;
  selected: ReadonlySet<string>;
  onSelectAll: (selected: boolean) => void;
}

/** A table on a wide screen, a column of cards on a phone. */
export function BotTable({ bots, busy, selected, onSelectAll, ...actions }: BotTableProps) {
  const { t } = useTranslation('flows');
  const now = new Date();
  const chosen = bots.filter(({ id }) => selected.has(id)).length;
  return (
    <div className={classes.frame}>
      <Table className={classes.table} aria-label={t('list')}>
        <Table.Thead className={classes.head}>
          <Table.Tr>
            <Table.Th className={classes.select}>
              <Checkbox
                aria-label={t('selectAll')}
                checked={chosen === bots.length}
                indeterminate={chosen > 0 && chosen < bots.length}
                onChange={(event) => onSelectAll(event.currentTarget.checked)}
              />
              <span className={classes.allLabel} aria-hidden="true">
                {t('selectAll')}
              </span>
            </Table.Th>
            <Table.Th>{t('columns.name')}</Table.Th>
            <Table.Th>{t('columns.status')}</Table.Th>
            <Table.Th>{t('columns.published')}</Table.Th>
            <Table.Th>{t('columns.problems')}</Table.Th>
            <Table.Th>{t('columns.updated')}</Table.Th>
            <Table.Th>
              <VisuallyHidden>{t('columns.actions')}</VisuallyHidden>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {bots.map((bot) => (
            <BotRow
              key={bot.id}
              bot={bot}
              now={now}
              isBusy={busy === bot.id}
              isSelected={selected.has(bot.id)}
              {...actions}
            />
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
