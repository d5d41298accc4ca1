import { ActionIcon, Badge, Button, Menu, Table } from '@mantine/core';
import type { FlowSummary } from '../../api/flows.ts';
import { MoreIcon, PlayIcon } from '../../ui/icons.tsx';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import classes from './flow-table.module.css';
import { ProblemCount } from './ProblemCount.tsx';
import { words } from './words.ts';

export interface FlowRowActions {
  onTry: (flow: FlowSummary) => void;
  onEdit: (flow: FlowSummary) => void;
  onPublish: (flow: FlowSummary) => void;
  onTurn: (flow: FlowSummary, on: boolean) => void;
  onRemove: (flow: FlowSummary) => void;
  onProblems: (flow: FlowSummary) => void;
}

interface FlowRowProps extends FlowRowActions {
  flow: FlowSummary;
  now: Date;
  isBusy: boolean;
}

const COLOURS = { draft: 'gray', active: 'teal', inactive: 'yellow' } as const;

export function FlowRow({ flow, now, isBusy, ...on }: FlowRowProps) {
  const { name, status, published } = flow;
  const isNewer = published !== null && flow.updatedAt > published.at;
  return (
    <Table.Tr className={classes.row}>
      <Table.Th scope="row" className={classes.name}>
        <span className={classes.nameText} title={name}>
          {name}
        </span>
      </Table.Th>
      <Table.Td className={classes.status}>
        <Badge color={COLOURS[status]} variant="light" className={classes.badge} data-status={status}>
          {words.status[status]}
        </Badge>
      </Table.Td>
      <Table.Td className={classes.published} data-label={words.columns.published}>
        {published ? words.version(published.version) : words.neverPublished}
        {isNewer && <span className={classes.newer}> · {words.newerDraft}</span>}
      </Table.Td>
      <Table.Td className={classes.problems} data-label={words.columns.problems}>
        <ProblemCount flow={flow} onShow={() => on.onProblems(flow)} />
      </Table.Td>
      <Table.Td className={classes.updated} data-label={words.columns.updated}>
        <RelativeTime at={flow.updatedAt} now={now} />
      </Table.Td>
      <Table.Td className={classes.actions}>
        <div className={classes.buttons}>
          <Button
            size="xs"
            variant="light"
            leftSection={<PlayIcon size={14} />}
            aria-label={words.named(words.tryIt, name)}
            onClick={() => on.onTry(flow)}
          >
            {words.tryIt}
          </Button>
          <Button
            size="xs"
            variant="default"
            aria-label={words.named(words.edit, name)}
            onClick={() => on.onEdit(flow)}
          >
            {words.edit}
          </Button>
          <MainAction flow={flow} isNewer={isNewer} isBusy={isBusy} {...on} />
          <Menu position="bottom-end" withinPortal>
            <Menu.Target>
              <ActionIcon variant="subtle" color="gray" size={30} aria-label={words.more(name)}>
                <MoreIcon />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              {status === 'active' && isNewer && (
                <Menu.Item onClick={() => on.onTurn(flow, false)}>{words.deactivate}</Menu.Item>
              )}
              {status === 'inactive' && isNewer && (
                <Menu.Item onClick={() => on.onTurn(flow, true)}>{words.activate}</Menu.Item>
              )}
              <Menu.Item color="red" onClick={() => on.onRemove(flow)}>
                {words.remove}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </div>
      </Table.Td>
    </Table.Tr>
  );
}

type MainActionProps = Pick<FlowRowProps, 'flow' | 'isBusy' | 'onPublish' | 'onTurn'> & { isNewer: boolean };

/** The step that most likely comes next; the rest is in the menu. */
function MainAction({ flow, isNewer, isBusy, onPublish, onTurn }: MainActionProps) {
  const { status, name } = flow;
  const [label, act] =
    status === 'draft' || isNewer
      ? [words.publish, () => onPublish(flow)]
      : status === 'active'
        ? [words.deactivate, () => onTurn(flow, false)]
        : [words.activate, () => onTurn(flow, true)];
  return (
    <Button
      className={classes.main}
      size="xs"
      variant={label === words.deactivate ? 'default' : 'filled'}
      loading={isBusy}
      aria-label={words.named(label, name)}
      onClick={act}
    >
      {label}
    </Button>
  );
}
