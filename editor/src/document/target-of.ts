import type { Edit } from '@parley/runtime';

/** What an edit sets as a whole, so that of several with the same target the last is enough; null for the others. */
export function targetOf(edit: Edit): string | null {
  switch (edit.edit) {
    case 'setConfig':
    case 'setLabel':
    case 'setVersion':
      return `${edit.edit} ${edit.id}`;
    case 'setNote':
      return `note ${edit.note.id}`;
    case 'setSetting':
      return `setting ${edit.name}`;
    case 'setTranslation':
      return `translation ${edit.language} ${edit.key}`;
    case 'rename':
      return 'rename';
    case 'moveNodes':
      return `move ${edit.pin} ${Object.keys(edit.positions).sort().join(' ')}`;
    default:
      return null;
  }
}

/** Whether the second edits leave nothing of what the first set. */
export const replacesAll = (before: readonly Edit[], after: readonly Edit[]): boolean =>
  before.length === after.length &&
  before.every((edit, index) => {
    const target = targetOf(edit);
    const other = after[index];
    return target !== null && other !== undefined && targetOf(other) === target;
  });
