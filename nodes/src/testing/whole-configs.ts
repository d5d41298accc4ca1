type Config = Record<string, unknown>;

const listening = { saveAs: 'a', timeout: 'P1D', reminders: [{ after: 'PT5M', text: 'Still there?' }] };
const picture = { kind: 'image', url: 'https://x.example/a.jpg' };
const kept = { kind: 'image', mediaId: 'med_1' };
const page = 'https://x.example/';
const framed = { header: 'Hello', footer: 'Bye' };
const condition = { left: '{{a}}', operator: 'equals', right: '1', caseSensitive: true };
const week = ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'];
const everyDay = (closes: string) => Object.fromEntries(week.map((day) => [day, [['09:00', closes]]]));
const names = { add: ['vip'], remove: ['old'] };
const transform = (...steps: Config[]): Config => ({ from: '{{a}}', steps, saveAs: 'a' });
const card = (id: string) => ({ header: kept, buttons: [{ id, title: 'Take it' }] });
const opens = { header: picture, text: 'Card', button: 'Open', url: page };

/** Configs in which together every field of the type is filled in, by which its limits are tried; beside `CONFIGS`. */
export const WHOLE_CONFIGS: Readonly<Record<string, readonly Config[]>> = {
  'trigger.message': [
    { match: 'button', payload: 'yes', title: 'Yes' },
    { match: 'referral', source: 'ad_1' },
    { match: 'keyword', keywords: ['order'], how: 'contains' },
  ],
  'trigger.called': [{}],
  'trigger.webhook': [{ saveAs: 'body', phone: 'customer.phone', name: 'customer.name', whenBusy: 'skip' }],
  'trigger.schedule': [
    {
      every: 'month',
      at: '10:30',
      dayOfMonth: 31,
      timezone: 'Europe/Lisbon',
      audience: { tags: ['vip'], groups: ['News'] },
      whenBusy: 'replace',
    },
    { every: 'once', date: '2026-12-24', audience: { tags: ['vip'], groups: ['News'] } },
    { every: 'week', days: ['mo'], audience: { tags: [], groups: ['News'] } },
  ],
  'trigger.event': [
    {
      name: 'order.paid',
      match: 'any',
      when: [{ ...condition, left: '{{event.total}}' }],
      saveAs: 'event',
      whenBusy: 'skip',
    },
  ],
  'chat.send': [
    { text: 'Hi' },
    { kind: 'document', url: page, mediaId: 'med_1', caption: 'The list', filename: 'list.pdf' },
    { kind: 'location', latitude: '1', longitude: '2', title: 'Shop', address: 'Street 1' },
    { kind: 'location', latitude: 1, longitude: 2 },
    { kind: 'contacts', contacts: [{ name: 'Ana', phones: ['+447700900001'] }] },
  ],
  'chat.buttons': [
    { text: 'Well?', buttons: [{ id: 'a', title: 'Yes' }], ...framed, ...listening },
    { text: 'Well?', buttons: [{ id: 'a', title: 'Yes' }], header: picture },
    { text: 'Well?', buttons: [{ id: 'a', title: 'Yes' }], header: kept },
  ],
  'chat.list': [
    {
      text: 'Which?',
      button: 'See',
      sections: [{ title: 'All', rows: [{ id: 'r', title: 'One', description: 'The first' }] }],
      ...framed,
      ...listening,
    },
    { text: 'Which?', button: 'See', rowsFrom: '{{slots}}', saveIdAs: 'a' },
  ],
  'chat.template': [
    {
      name: 'offer',
      language: 'en',
      header: { text: 'Hi' },
      buttons: [{ index: 0, couponCode: 'SPRING', payload: 'a', text: 'b' }],
    },
    {
      name: 'offer',
      language: 'en',
      header: { mediaId: 'med_1', mediaKind: 'document', filename: 'list.pdf' },
      buttons: [
        { index: 0, form: { token: 't', data: { a: 1 } } },
        { index: 1, catalogProductId: 'p' },
      ],
    },
    { name: 'offer', language: 'contact', languages: ['pt_BR'] },
    {
      name: 'offer',
      language: 'en',
      buttons: [{ index: 0, payload: 'a', title: 'Yes' }],
      waitForReply: true,
      ...listening,
    },
  ],
  'chat.ask': [
    { text: 'Name?', minLength: 2, pattern: 'a+', patternWords: 'An a', invalidText: 'Again', ...listening },
    { text: 'Name?', maxLength: 2 },
    { text: 'Which?', answer: 'choice', choices: ['Red'], multiple: true, saveAs: 'a' },
    { text: 'Which?', answer: 'choice', choices: [{ id: 'r', title: 'Red' }] },
    { text: 'When?', answer: 'date', min: '{{a}}', max: '{{b}}', period: 'future' },
    { text: 'Phone?', answer: 'phone', country: 'GB' },
    { text: 'Send it', answer: 'media', kinds: ['image'] },
  ],
  'chat.callToAction': [
    { text: 'Look', button: 'Open', url: page, ...framed },
    { text: 'Look', button: 'Open', url: page, header: picture },
    { text: 'Look', button: 'Open', url: page, header: kept },
  ],
  'chat.flowForm': [
    {
      text: 'Fill in',
      button: 'Open',
      formName: 'sizes',
      screen: 'SIZE',
      data: { a: 1 },
      token: 't',
      mode: 'draft',
      ...framed,
      ...listening,
    },
    { text: 'Fill in', button: 'Open', formId: '1', header: picture },
    { text: 'Fill in', button: 'Open', formId: '1', header: kept },
  ],
  'chat.product': [{ catalogId: '1', productId: 'p', text: 'Look', footer: 'Bye', link: page }],
  'chat.products': [
    {
      header: 'All',
      text: 'See',
      catalogId: '1',
      sections: [{ title: 'A', productIds: ['p1'] }],
      footer: 'Bye',
      link: page,
      waitForOrder: true,
      ...listening,
    },
    { header: 'All', text: 'See', catalogId: '1', sections: [{ title: 'A', productIds: '{{ids}}' }] },
  ],
  'chat.carousel': [
    { text: 'See', cards: [opens, opens] },
    { text: 'See', cards: [card('a'), card('b')], ...listening },
  ],
  'logic.branch': [{ match: 'any', conditions: [condition] }],
  'logic.switch': [
    { value: '{{a}}', cases: [{ id: 'a', title: 'A', operator: 'equals', right: '1', caseSensitive: true }] },
  ],
  'logic.random': [
    {
      branches: [
        { id: 'a', title: 'A', weight: 1 },
        { id: 'b', title: 'B' },
      ],
      sticky: true,
      experiment: 'spring',
    },
  ],
  'logic.subflow': [
    { flow: 'flw_1', version: 1, inputs: { a: 1 }, outputs: { a: 'b' }, outcomes: ['declined'] },
    { flow: 'flw_1', version: 'latest' },
  ],
  'logic.goTo': [{ target: 'n0', comeBack: true }],
  'data.transform': [
    ...['sort', 'unique', 'group', 'sum', 'average', 'min', 'max'].map((one) => transform({ do: one, by: 'price' })),
    ...['flatten', 'reverse', 'count', 'first', 'last', 'entries', 'parseJson', 'toJson'].map((one) =>
      transform({ do: one }),
    ),
    transform({ do: 'sort', order: 'down' }),
    transform({ do: 'filter', match: 'any', conditions: [condition] }),
    transform({ do: 'map', to: '{{item}}' }),
    transform({ do: 'pick', keys: ['name'] }),
    transform({ do: 'get', path: 'name' }),
    transform({ do: 'take', count: 1 }),
    transform({ do: 'skip', count: 1 }),
    transform({ do: 'take', count: '{{a}}' }),
    transform({ do: 'skip', count: '{{a}}' }),
    transform({ do: 'join', separator: ',' }),
    transform({ do: 'split', separator: ',' }),
  ],
  'time.until': [{ date: '2026-12-24', at: '10:00', offset: '-P1D', timezone: 'Europe/Lisbon' }],
  'time.hours': [
    {
      hours: everyDay('17:00'),
      holidays: ['12-25', { date: '2026-12-26', name: 'Boxing Day' }],
      timezone: 'Europe/Lisbon',
      at: '2026-12-24T10:00',
      saveAs: 'opensAt',
    },
    { hours: everyDay('24:00') },
  ],
  'time.window': [{ closing: 'PT1H' }],
  'http.request': [
    { method: 'PUT', url: `${page}a`, headers: { 'x-a': 'b' }, query: { q: 1 }, body: { a: 1 }, saveAs: 'answer' },
  ],
  'people.handoff': [{ team: 'sales', note: 'Hot', timeout: 'PT1H' }],
  'people.assign': [{ assignee: 'ana@example.com', team: 'sales', labels: names, priority: 'high' }],
  'people.note': [{ text: 'Called.' }],
  'people.notify': [{ user: 'ana@example.com', text: 'A lead' }],
  'contact.update': [{ fields: { name: 'Ana', email: 'ana@example.com', language: 'pt-BR' }, attributes: { size: 1 } }],
  'contact.tag': [names],
  'contact.group': [names],
  'contact.consent': [{ marketing: 'given', service: 'withdrawn', source: 'sign-up' }],
  'flow.start': [{ flow: 'flw_1', node: 'start', variables: { a: 1 } }],
};
