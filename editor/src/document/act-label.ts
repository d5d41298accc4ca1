/** What a person does to a flow, so that undoing can say it: a key of the words `acts` of the page. */
export const ACT_LABELS = [
  'add',
  'addNote',
  'align',
  'colorNote',
  'config',
  'connect',
  'delete',
  'disconnect',
  'duplicate',
  'extract',
  'fold',
  'group',
  'json',
  'label',
  'move',
  'note',
  'paste',
  'remove',
  'rename',
  'replace',
  'restore',
  'setting',
  'sizeNote',
  'tidy',
  'translation',
  'ungroup',
  'variable',
] as const;
export type ActLabel = (typeof ACT_LABELS)[number];

/** Labels are kept in browsers: an older or newer release may have written others. */
export const actLabel = (label: string): ActLabel | undefined => ACT_LABELS.find((one) => one === label);
