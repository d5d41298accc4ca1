import { applyEdits, type Edit, type Flow } from '@parley/runtime';
import { editsBetween } from './flow-edits.ts';
import type { Act } from './history.ts';
import { mergeValues } from './merge-values.ts';

/**
 * What can still be undone after somebody else's changes came in: the last acts, as far back as they touch nothing that
 * the other person changed. An older one would take that back too. Where both changed a step, fields of theirs stay.
 */
export function keepUndo(past: readonly Act[], change: { base: Flow; theirs: Flow; merged: Flow }): readonly Act[] {
  const edits = editsBetween(change.base, change.theirs);
  const made = applyEdits(change.base, edits);
  if (!made.ok) return [];
  const changed = new Set([...edits, ...made.inverse].flatMap(changedBy));
  const isTheirs = ({ edits, inverse }: Act) =>
    [...edits, ...inverse].flatMap(neededBy).some((one) => changed.has(one));
  const withTheirs = fieldsKept(change);
  const kept = past.slice(past.findLastIndex(isTheirs) + 1).map((act) => ({
    ...act,
    edits: act.edits.map(withTheirs),
    inverse: act.inverse.map(withTheirs),
  }));
  const undone = applyEdits(
    change.merged,
    kept.toReversed().flatMap(({ inverse }) => inverse),
  );
  return undone.ok ? kept : [];
}

/** A step is set as a whole: what is put back must hold the fields that the other person changed in it. */
function fieldsKept({ base, theirs }: { base: Flow; theirs: Flow }): (edit: Edit) => Edit {
  const configIn = (flow: Flow, id: string) => flow.nodes.find((node) => node.id === id)?.config;
  return (edit) => {
    if (edit.edit !== 'setConfig') return edit;
    const three = { base: configIn(base, edit.id), mine: edit.config, theirs: configIn(theirs, edit.id) };
    if (!three.base || !three.theirs) return edit;
    return { ...edit, config: mergeValues(three, () => 'mine') as typeof edit.config };
  };
}

/** The places of a flow that an edit changes, by name. */
function changedBy(edit: Edit): string[] {
  switch (edit.edit) {
    case 'addNode':
      return [`node ${edit.node.id}`];
    case 'removeNode':
      return [`node ${edit.id}`];
    case 'setConfig':
    case 'setLabel':
    case 'setVersion':
      return [`${edit.edit} ${edit.id}`];
    case 'connect':
      return [`wire ${edit.edge.source} ${edit.edge.sourceHandle}`];
    case 'disconnect':
      return []; // what takes it back names the port
    case 'moveNodes':
      return Object.keys(edit.positions).map((id) => `place ${id}`);
    case 'addNote':
    case 'setNote':
      return [`note ${edit.note.id}`];
    case 'removeNote':
      return [`note ${edit.id}`];
    case 'group':
    case 'ungroup':
      return ['groups'];
    case 'setVariable':
      return [`variable ${edit.variable.name}`];
    case 'removeVariable':
      return [`variable ${edit.name}`];
    case 'setSetting':
      return [`setting ${edit.name}`];
    case 'setTranslation':
      return [`translation ${edit.language} ${edit.key}`];
    case 'rename':
      return ['name'];
  }
}

/** The places that must be as they were for an edit to be taken back. */
function neededBy(edit: Edit): string[] {
  switch (edit.edit) {
    case 'addNode':
    case 'removeNode': {
      const id = edit.edit === 'addNode' ? edit.node.id : edit.id;
      return ['node', 'setConfig', 'setLabel', 'setVersion'].map((what) => `${what} ${id}`);
    }
    case 'setConfig':
      return [`node ${edit.id}`];
    case 'setLabel':
    case 'setVersion':
      return [`node ${edit.id}`, `${edit.edit} ${edit.id}`];
    case 'connect':
      return [...changedBy(edit), `node ${edit.edge.source}`, `node ${edit.edge.target}`];
    default:
      return changedBy(edit);
  }
}
