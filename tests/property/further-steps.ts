import fc from 'fast-check';

const yes = { id: 'yes', title: 'Yes please' };
const no = { id: 'nope', title: 'No {{n}}' };
const held = { saveAs: 'answer', timeout: 'PT10M', reminders: [{ after: 'PT3M', text: 'Still there?' }] };
const conditions = [{ left: '{{default n 0}}', operator: 'greaterThan', right: '2' }];
const card = (id: string) => ({
  header: { kind: 'image', url: 'https://a.example/a.jpg' },
  text: 'Card {{n}}',
  ...(id ? { buttons: [{ id, title: id }] } : { button: 'Open', url: 'https://a.example/' }),
});
const section = { title: 'A', productIds: ['p1', 'p2'] };
const offer = { header: 'All', text: 'See', catalogId: '1', sections: [section] };

/** What the commonest steps leave out, but for what draws lots, runs code or names other flows (arbitrary-flow.ts). */
export const FURTHER_STEPS: Readonly<Record<string, readonly object[]>> = {
  'chat.callToAction': [{ text: 'Look at {{n}}', button: 'Open', url: 'https://a.example/{{n}}' }],
  'chat.locationRequest': [{ text: 'Where?', ...held }],
  'chat.flowForm': [{ text: 'Fill it in', button: 'Open', formId: '1', ...held }],
  'chat.product': [{ catalogId: '1', productId: 'p1' }],
  'chat.products': [offer, { ...offer, waitForOrder: true, ...held }],
  'chat.carousel': [
    { text: 'See', cards: [card(''), card('')] },
    { text: 'See', cards: [card('yes'), card('a')], ...held },
  ],
  'chat.react': [{ emoji: '👍' }, { emoji: '' }],
  'chat.markRead': [{ typing: false }],
  'chat.buttons': [{ text: 'Well?', buttons: [yes, no], ...held }],
  'chat.list': [
    { text: 'Which?', button: 'See', rowsFrom: '{{split "one,two" ","}}', saveIdAs: 'n', ...held },
    { text: 'Which?', button: 'See', rowsFrom: '{{list}}', sections: [{ rows: [yes] }] },
  ],
  'logic.switch': [
    {
      value: '{{message.text}}',
      cases: [
        { id: 'short', operator: 'equals', right: 'yes' },
        { id: 'long', operator: 'contains', right: 'e' },
      ],
    },
  ],
  'logic.branch': [{ conditions }],
  'logic.loop': [
    { list: '{{list}}', as: 'item', index: 'at' },
    { list: [1, 2], as: 'n' },
  ],
  'logic.goTo': [
    { target: 's0', comeBack: true },
    { target: 's1', comeBack: false },
  ],
  'logic.goBack': [{}],
  'logic.end': [
    {},
    { status: 'failed', reason: 'No {{n}}' },
    { outcome: 'yes', outputs: { n: '{{add (default n 0) 10}}', 'order.number': '{{message.text}}' } },
    { outcome: 'no' },
  ],
  'data.transform': [
    { from: '{{list}}', steps: [{ do: 'take', count: 2 }], saveAs: 'list' },
    { from: '{{n}}', steps: [{ do: 'sum' }], saveAs: 'n' },
  ],
  'time.until': [{ date: '{{add (default n 0) 1}}' }, { date: '2020-01-01' }],
  'time.hours': [{ hours: { su: [['00:00', '00:01']] } }],
  'time.window': [{}],
  'people.assign': [{ team: 'sales', labels: { add: ['hot'] }, priority: 'high' }],
  'people.note': [{ text: 'Said {{message.text}}.' }],
  'people.notify': [{ team: 'sales', text: 'A lead: {{contact.name}}' }],
  'contact.update': [{ fields: { name: 'Noor' }, attributes: { size: '{{n}}' } }, { fields: { language: 'pt' } }],
  'contact.tag': [{ add: ['vip'] }, { remove: ['vip'] }],
  'contact.group': [{ add: ['News'] }],
  'contact.consent': [{ marketing: 'given' }],
  'event.emit': [
    { name: 'seen', data: { n: '{{n}}' } },
    { name: 'order.paid', data: { total: 12 } },
  ],
};

export const furtherSteps = fc.constantFrom(
  ...Object.entries(FURTHER_STEPS).flatMap(([type, configs]) => configs.map((config) => ({ type, config }))),
);
