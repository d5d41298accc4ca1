import type { Edit, Flow, Group } from '@parley/runtime';

/** Puts nodes into a new group; they leave the groups that they were in, and a group that is empty then goes. */
export const groupEdits = (flow: Flow, ids: readonly string[], title: string, newId: string): Edit[] => [
  ...leaveGroupsEdits(flow, ids),
  { edit: 'group', group: { id: newId, title, nodes: [...ids] } },
];

/** Takes nodes out of their groups. */
export function leaveGroupsEdits(flow: Flow, ids: readonly string[]): Edit[] {
  const leaving = new Set(ids);
  // From the last to the first: an index stays right while groups behind it go
  return [...flow.layout.groups.entries()].reverse().flatMap(([index, group]): Edit[] => {
    const nodes = group.nodes.filter((id) => !leaving.has(id));
    if (nodes.length === group.nodes.length) return [];
    const gone: Edit = { edit: 'ungroup', id: group.id };
    return nodes.length === 0 ? [gone] : [gone, { edit: 'group', group: { ...group, nodes }, index }];
  });
}

/** Folds a group up, or opens it. */
export const toggleGroupEdits = (flow: Flow, id: string): Edit[] =>
  changeGroup(flow, id, ({ collapsed, ...group }) => (collapsed ? group : { ...group, collapsed: true }));

export const renameGroupEdits = (flow: Flow, id: string, title: string): Edit[] =>
  changeGroup(flow, id, (group) => ({ ...group, title }));

/** Takes the groups away; their nodes stay. */
export const ungroupEdits = (flow: Flow, ids: readonly string[]): Edit[] =>
  flow.layout.groups.filter(({ id }) => ids.includes(id)).map(({ id }) => ({ edit: 'ungroup', id }));

/** At the same place, so that a diff of two versions shows what changed and nothing else. */
function changeGroup(flow: Flow, id: string, change: (group: Group) => Group): Edit[] {
  const index = flow.layout.groups.findIndex((group) => group.id === id);
  const group = flow.layout.groups[index];
  if (!group) return [];
  return [
    { edit: 'ungroup', id },
    { edit: 'group', group: change(group), index },
  ];
}

/** The nodes themselves, and those of the groups. */
export function nodesIn(flow: Flow, { nodes, groups }: { nodes: readonly string[]; groups: readonly string[] }) {
  const chosen = new Set(nodes);
  for (const group of flow.layout.groups) if (groups.includes(group.id)) for (const id of group.nodes) chosen.add(id);
  return chosen;
}
