const node = (id: string, type: string, config: object, label?: string) => ({
  id,
  type,
  config,
  ...(label && { label }),
});
const edge = (source: string, sourceHandle: string, target: string) => ({
  id: `${source}-${sourceHandle}`,
  source,
  sourceHandle,
  target,
});

/** Twelve steps that qualify a lead: buttons, questions, a branch, an end for each way. */
export const leadFlow = {
  format: 'parley.flow/1',
  name: 'Lead qualification',
  nodes: [
    node('start', 'trigger.message', { match: 'keyword', keywords: ['hi'] }),
    node('menu', 'chat.buttons', {
      text: 'What brings you here?',
      buttons: [
        { id: 'buy', title: 'I want to buy' },
        { id: 'help', title: 'I need help' },
      ],
    }),
    node('name', 'chat.ask', { text: 'What is your name?', answer: 'text', saveAs: 'name' }, 'Ask the name'),
    node('size', 'chat.ask', { text: 'How many people work with you?', answer: 'number', saveAs: 'size' }),
    node('big', 'logic.branch', {
      match: 'all',
      conditions: [{ left: '{{size}}', operator: 'greaterThan', right: '50' }],
    }),
    node('tag', 'contact.tag', { add: ['big'], remove: [] }),
    node('sales', 'chat.send', { kind: 'text', text: 'Thank you {{name}}, our sales team will call you.' }),
    node('shop', 'chat.send', { kind: 'text', text: 'Thank you {{name}}, here is our shop.' }),
    node('topic', 'chat.ask', { text: 'What went wrong?', answer: 'text', saveAs: 'topic' }),
    node('sorry', 'chat.send', { kind: 'text', text: 'We are sorry to hear that.' }),
    node('again', 'chat.send', { kind: 'text', text: 'Please press a button.' }),
    node('bye', 'chat.send', { kind: 'text', text: 'Bye for now.' }),
  ],
  edges: [
    edge('start', 'next', 'menu'),
    edge('menu', 'buy', 'name'),
    edge('menu', 'help', 'topic'),
    edge('menu', 'other', 'again'),
    edge('name', 'next', 'size'),
    edge('size', 'next', 'big'),
    edge('big', 'yes', 'tag'),
    edge('tag', 'next', 'sales'),
    edge('big', 'no', 'shop'),
    edge('topic', 'next', 'sorry'),
    edge('sorry', 'next', 'bye'),
  ],
  layout: {
    nodes: {
      start: [0, 0],
      menu: [340, 0],
      name: [680, -220],
      size: [1020, -220],
      big: [1360, -220],
      tag: [1700, -340],
      sales: [2040, -340],
      shop: [1700, -60],
      topic: [680, 120],
      sorry: [1020, 120],
      bye: [1360, 120],
      again: [680, 420],
    },
    groups: [],
    notes: [],
  },
};
