import type { FlowSummary } from '../../api/flows.ts';

const count = (number: number, one: string) => `${number} ${one}${number === 1 ? '' : 's'}`;

/** Everything that the page of flows says. */
export const words = {
  title: 'Flows',
  intro: 'A flow is one conversation that your bot can hold.',
  search: 'Search flows by name',
  paste: 'Paste a flow',
  addExample: 'Add an example bot',
  exampleAdded: (name: string) => `“${name}” is added as a draft. Try it, then publish it.`,
  loading: 'Loading flows',
  loadMore: 'Show more',
  tryAgain: 'Try again',
  close: 'Close',
  cancel: 'Cancel',

  empty: {
    title: 'Your first bot starts with a flow',
    text: 'A flow says what the bot does when somebody writes on WhatsApp: which words begin it, what it sends, what it asks, and when a person takes over.',
    steps: [
      ['Add', 'Start from the example, or paste a flow that you have.'],
      ['Try', 'Chat with it here. Nothing leaves your browser.'],
      ['Publish', 'From then on it answers on your connected numbers.'],
    ],
  },
  nothingFound: (query: string) => `No flow has “${query}” in its name.`,
  clearSearch: 'Clear the search',

  columns: {
    name: 'Name',
    status: 'Status',
    published: 'Published',
    problems: 'Problems',
    updated: 'Updated',
    actions: 'Actions',
  },
  table: 'Flows',
  status: { draft: 'Draft', active: 'Active', inactive: 'Inactive' } satisfies Record<FlowSummary['status'], string>,
  version: (number: number) => `Version ${number}`,
  newerDraft: 'newer draft',
  neverPublished: 'Never',
  noProblems: 'None',
  errors: (number: number) => count(number, 'error'),
  warnings: (number: number) => count(number, 'warning'),
  showProblems: (name: string, summary: string) => `${summary} in ${name}: show`,

  tryIt: 'Try',
  edit: 'Edit',
  publish: 'Publish',
  activate: 'Activate',
  deactivate: 'Deactivate',
  remove: 'Delete',
  more: (name: string) => `More for ${name}`,
  named: (action: string, name: string) => `${action} ${name}`,

  published: (name: string, version: number) => `“${name}” is published as version ${version} and answers from now on.`,
  activated: (name: string) => `“${name}” answers again.`,
  deactivated: (name: string) => `“${name}” begins no new conversations.`,
  removed: (name: string) => `“${name}” is deleted.`,
  askRemove: {
    title: (name: string) => `Delete “${name}”?`,
    text: 'The flow is gone for good. Conversations that are in it now run on to their end.',
    yes: 'Delete flow',
    no: 'Keep it',
  },

  problems: {
    list: 'Problems',
    tones: { error: 'Error', warning: 'Warning' },
    of: (name: string) => `Problems of “${name}”`,
    refused: (name: string) => `“${name}” is not published yet`,
    refusedText: (hasVersion: boolean) =>
      `Mend the errors below, then publish again.${hasVersion ? ' What was published before keeps answering.' : ''}`,
    publishedWith: (name: string, version: number) => `“${name}” is published as version ${version}`,
    publishedText: 'It answers from now on. These warnings are worth a look:',
    open: 'Edit flow',
  },

  pasting: {
    title: 'Paste a flow',
    label: 'Flow as JSON',
    hint: 'An object with "format": "parley.flow/1", "nodes" and "edges", as the editor’s JSON view shows it.',
    add: 'Add flow',
    addAnyway: 'Add as a broken draft',
    broken: 'This flow cannot run yet. Mend it here, or add it as a draft and mend it later.',
    added: (name: string) => `“${name}” is added as a draft.`,
  },

  editing: {
    title: (name: string) => `Edit “${name}”`,
    loading: 'Loading the flow',
    label: 'Flow as JSON',
    hint: 'Ctrl + S saves. Published versions stay as they are until you publish again.',
    save: 'Save',
    saved: 'Saved.',
    savedWith: (errors: number) => `Saved as a draft. ${count(errors, 'error')} to mend before it can be published.`,
    unchanged: 'No changes to save.',
    conflict: {
      title: 'Someone else changed this flow',
      text: 'It was saved while you were editing. Your text is still here and not saved.',
      changes: 'What they changed:',
      reload: 'Load their version',
      overwrite: 'Save mine over it',
    },
    askLeave: {
      title: 'Discard your changes?',
      text: 'The text has changes that are not saved.',
      yes: 'Discard changes',
      no: 'Keep editing',
    },
  },

  trying: {
    title: (name: string) => `Try “${name}”`,
    loading: 'Starting the conversation',
    gone: 'This flow is gone. Close this panel and choose another.',
  },
};
