type Config = Record<string, unknown>;

const yes = { id: 'yes', title: 'Yes' };
const no = { id: 'nope', title: 'No {{a}}' };
const reminders = [{ after: 'PT5M', text: 'Still there, {{contact.firstName}}?' }];
const held = { saveAs: 'answer', timeout: 'PT1H', reminders };
const card = (id: string) => ({
  header: { kind: 'image', url: 'https://x.example/a.jpg' },
  text: 'Card',
  ...(id ? { buttons: [{ id, title: id }] } : { button: 'Open', url: 'https://x.example/' }),
});
const conditions = [{ left: '{{default a 0}}', operator: 'greaterThan', right: '2' }];

/** Configs of each type that a random flow may hold; every port of the type is among theirs. A new type without one is noticed. */
export const CONFIGS: Readonly<Record<string, readonly Config[]>> = {
  'trigger.message': [{ match: 'any' }, { match: 'keyword', keywords: ['hi'] }],
  'trigger.called': [{}],
  'trigger.webhook': [{}, { saveAs: 'body', phone: 'customer.phone', whenBusy: 'replace' }],
  'trigger.schedule': [{ every: 'day', at: '09:00', audience: { tags: ['vip'] } }],
  'trigger.event': [
    { name: 'order.paid' },
    { name: 'order.lost', when: [{ left: '{{event.total}}', operator: 'greaterThan', right: 5 }] },
  ],
  'chat.send': [
    { text: 'Hello {{contact.firstName}}, {{a}}{{b.c}}' },
    { text: '{{#each list}}{{this}} {{else}}none{{/each}}.' },
    { text: '{{answer}}' },
    { kind: 'image', url: 'https://x.example/a.jpg', caption: '{{a}}' },
    { kind: 'location', latitude: '{{a}}', longitude: 2 },
    { kind: 'contacts', contacts: [{ name: 'Ana', phones: ['+447700900001'] }] },
    { kind: 'reaction', emoji: '👍', to: 'last' },
  ],
  'chat.buttons': [
    { text: 'Well?', buttons: [yes, no], ...held },
    { text: '{{a}}?', buttons: [yes] },
  ],
  'chat.list': [
    { text: 'Which?', button: 'See', sections: [{ rows: [yes, no] }], ...held },
    { text: 'Which?', button: 'See', sections: [{ rows: [yes] }] },
    { text: 'Which?', button: 'See', rowsFrom: '{{split "one,two" ","}}', saveIdAs: 'a', ...held },
    { text: 'Which?', button: 'See', rowsFrom: '{{list}}', sections: [{ rows: [yes] }] },
  ],
  'chat.template': [
    { name: 'offer', language: 'en', parameters: { 1: '{{a}}', 2: '{{contact.firstName}}.' } },
    {
      name: 'offer',
      language: 'contact',
      waitForReply: true,
      buttons: [{ index: 1, payload: 'move', title: 'No' }],
      ...held,
    },
    {
      name: 'offer',
      language: '{{contact.language}}',
      languages: ['es'],
      waitForReply: true,
      buttons: [
        { index: 0, payload: 'keep', title: 'Yes' },
        { index: 1, payload: 'move' },
      ],
      ...held,
    },
  ],
  'chat.ask': [
    ...['text', 'number', 'email', 'phone', 'date', 'media', 'location'].map((answer) => ({
      text: 'Say it.',
      answer,
      retries: 1,
      ...held,
    })),
    { text: 'Which?', answer: 'choice', choices: [yes, no], retries: 0, saveAs: 'answer' },
    { text: 'Which?', answer: 'choice', choices: [yes, no], multiple: true, saveAs: 'list' },
    { text: 'Well, {{a}}?' },
  ],
  'chat.callToAction': [{ text: 'Look', button: 'Open', url: 'https://x.example/{{a}}' }],
  'chat.locationRequest': [{ text: 'Where?', ...held }],
  'chat.flowForm': [{ text: 'Fill it in', button: 'Open', formId: '1', ...held }],
  'chat.product': [{ catalogId: '1', productId: 'p1' }],
  'chat.products': [
    { header: 'All', text: 'See', catalogId: '1', sections: [{ title: 'A', productIds: ['p1', 'p2'] }] },
    { header: 'All', text: 'See', catalogId: '1', sections: [{ title: '{{a}}', productIds: '{{list}}' }] },
    {
      header: 'All',
      text: 'See',
      catalogId: '1',
      sections: [{ title: 'A', productIds: ['p1'] }],
      waitForOrder: true,
      ...held,
    },
  ],
  'chat.carousel': [
    { text: 'See', cards: [card(''), card('')] },
    { text: 'See', cards: [card('one'), card('two')], ...held },
  ],
  'chat.react': [{ emoji: '👍' }, { emoji: '' }],
  'chat.markRead': [{ typing: true }],
  'logic.branch': [
    { conditions },
    { match: 'any', conditions: [...conditions, { left: '{{message.text}}', operator: 'matches', right: '^y' }] },
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
  'logic.random': [
    {
      branches: [
        { id: 'a', weight: 1 },
        { id: 'b', weight: 3 },
      ],
    },
    {
      branches: [
        { id: 'a', weight: 1 },
        { id: 'b', weight: 1 },
      ],
      sticky: false,
    },
  ],
  'logic.loop': [
    { list: '{{list}}', as: 'item', index: 'at' },
    { list: [1, 2], as: 'a' },
  ],
  'logic.subflow': [],
  'logic.goTo': [],
  'logic.goBack': [{}],
  'logic.end': [{}, { outcome: 'declined', outputs: { a: '{{a}}' } }, { status: 'failed', reason: 'No {{a}}' }],
  'data.set': [
    { assign: { a: '{{add (default a 0) 1}}' } },
    { assign: { 'b.c': '{{message.text}}', list: '{{split "1,2,3" ","}}' } },
    { assign: { a: '{{a}}{{a}}!' } },
    { assign: { typed: '{{message.text}}' } },
  ],
  'data.code': [{ code: 'return variables.a;', saveAs: 'a' }],
  'data.transform': [
    { from: '{{list}}', steps: [{ do: 'take', count: 2 }], saveAs: 'list' },
    { from: '{{a}}', steps: [{ do: 'sum' }], saveAs: 'a' },
  ],
  'time.wait': [{ duration: 'PT1M' }, { duration: '{{a}}' }],
  'time.until': [{ date: '2026-03-05' }, { date: '2020-01-01' }, { date: '{{a}}' }],
  'time.hours': [
    { hours: { mo: [['00:00', '23:59']], tu: [['00:00', '23:59']], we: [['00:00', '23:59']] } },
    { hours: { su: [['00:00', '00:01']] } },
  ],
  'time.window': [{}],
  'http.request': [
    { url: 'https://x.example/{{a}}', saveAs: 'a' },
    { method: 'POST', url: 'https://x.example/', body: { a: '{{a}}' } },
  ],
  'people.handoff': [{ note: 'Hi {{a}}', timeout: 'PT2H' }, { team: 'sales' }],
  'people.assign': [{ team: 'sales', labels: { add: ['hot'] }, priority: 'high' }],
  'people.note': [{ text: 'Said {{message.text}}.' }],
  'people.notify': [{ team: 'sales', text: 'A lead: {{contact.name}}' }],
  'contact.update': [{ fields: { name: 'Zoë Ünal' }, attributes: { size: '{{a}}' } }, { fields: { language: 'pt' } }],
  'contact.tag': [{ add: ['vip'] }, { remove: ['vip'] }],
  'contact.group': [{ add: ['News'] }],
  'contact.consent': [{ marketing: 'given' }],
  'flow.start': [{ flow: 'flw_other' }],
  'event.emit': [{ name: 'seen', data: { a: '{{a}}' } }],
};
