import { useFlow, useWorkbench } from '../document/use-document.ts';
import { BotPanel } from './panels/BotPanel.tsx';
import { EdgePanel } from './panels/EdgePanel.tsx';
import { GroupPanel } from './panels/GroupPanel.tsx';
import { NodePanel } from './panels/NodePanel.tsx';
import { NotePanel } from './panels/NotePanel.tsx';
import { SeveralPanel } from './panels/SeveralPanel.tsx';

/** What is selected and how it is set; with nothing selected, the bot as a whole. */
export default function Inspector() {
  const draft = useFlow((flow) => flow);
  const viewing = useWorkbench((state) => state.viewing);
  const isReadOnly = useWorkbench((state) => state.isReadOnly);
  const { nodes, edges, notes, groups } = useWorkbench((state) => state.selection);
  const flow = viewing?.flow ?? draft;

  const chosen = flow.nodes.filter(({ id }) => nodes.includes(id));
  const [node] = chosen;
  if (node && chosen.length > 1) return <SeveralPanel nodes={chosen} />;
  if (node) return <NodePanel key={node.id} flow={flow} node={node} isReadOnly={isReadOnly} />;

  const edge = flow.edges.find(({ id }) => edges.includes(id));
  const source = flow.nodes.find(({ id }) => id === edge?.source);
  if (edge && source) return <EdgePanel flow={flow} edge={edge} source={source} isReadOnly={isReadOnly} />;

  const note = flow.layout.notes.find(({ id }) => notes.includes(id));
  if (note) return <NotePanel key={note.id} note={note} isReadOnly={isReadOnly} />;

  const group = flow.layout.groups.find(({ id }) => groups.includes(id));
  if (group) return <GroupPanel key={group.id} flow={flow} group={group} isReadOnly={isReadOnly} />;

  return <BotPanel flow={flow} isReadOnly={isReadOnly} />;
}
