import { Table, VisuallyHidden } from '@mantine/core';
import type { FlowSummary } from '../../api/flows.ts';
import { FlowRow, type FlowRowActions } from './FlowRow.tsx';
import classes from './flow-table.module.css';
import { words } from './words.ts';

interface FlowTableProps extends FlowRowActions {
  flows: readonly FlowSummary[];
  /** The flow that something is being done to. */
  busy: string | null;
}

/** A table on a wide screen, a column of cards on a phone. */
export function FlowTable({ flows, busy, ...actions }: FlowTableProps) {
  const { columns } = words;
  const now = new Date();
  return (
    <div className={classes.frame}>
      <Table className={classes.table} aria-label={words.table}>
        <Table.Thead className={classes.head}>
          <Table.Tr>
            <Table.Th>{columns.name}</Table.Th>
            <Table.Th>{columns.status}</Table.Th>
            <Table.Th>{columns.published}</Table.Th>
            <Table.Th>{columns.problems}</Table.Th>
            <Table.Th>{columns.updated}</Table.Th>
            <Table.Th>
              <VisuallyHidden>{columns.actions}</VisuallyHidden>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {flows.map((flow) => (
            <FlowRow key={flow.id} flow={flow} now={now} isBusy={busy === flow.id} {...actions} />
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
