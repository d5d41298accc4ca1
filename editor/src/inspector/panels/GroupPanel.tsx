import { Button, Group, Switch, TextInput } from '@mantine/core';
import type { Flow } from '@parley/runtime';
import { useTranslation } from 'react-i18next';
import { renameGroupEdits, toggleGroupEdits, ungroupEdits } from '../../document/groups.ts';
import { useOpenFlow } from '../../document/use-document.ts';
import { NodeLinks } from './NodeLinks.tsx';
import classes from './panels.module.css';

interface GroupPanelProps {
  flow: Flow;
  group: Flow['layout']['groups'][number];
  isReadOnly: boolean;
}

/** A frame around nodes: its title, whether it is folded up, and who is in it. */
export function GroupPanel({ flow, group, isReadOnly }: GroupPanelProps) {
  const { t } = useTranslation('inspector');
  const { document, workbench } = useOpenFlow();
  const members = flow.nodes.filter(({ id }) => group.nodes.includes(id));
  return (
    <div className={classes.panel}>
      <TextInput
        label={t('group.title')}
        value={group.title}
        maxLength={200}
        readOnly={isReadOnly}
        onChange={(event) =>
          document.apply(renameGroupEdits(flow, group.id, event.currentTarget.value), 'group', `group ${group.id}`)
        }
        onBlur={document.settleMerge}
      />
      <Switch
        label={t('group.collapsed')}
        checked={group.collapsed === true}
        disabled={isReadOnly}
        onChange={() => document.apply(toggleGroupEdits(flow, group.id), 'group')}
      />
      <h3 className={classes.sectionTitle}>{t('group.members', { count: members.length })}</h3>
      <NodeLinks nodes={members} />
      {isReadOnly ? null : (
        <Group>
          <Button
            variant="default"
            onClick={() => {
              document.apply(ungroupEdits(flow, [group.id]), 'ungroup');
              workbench.select({ nodes: group.nodes });
            }}
          >
            {t('group.ungroup')}
          </Button>
        </Group>
      )}
    </div>
  );
}
