/** What the expression bench renders: the scope of a usual conversation, and templates that all three engines can write. */
export interface Subject {
  name: string;
  template: string;
  /** The same in JavaScript; its text is run in the isolate, so it may use nothing but its value. */
  script: (s: typeof scope) => string;
}

export const scope = {
  contact: {
    firstName: 'Ana',
    lastName: 'Silva',
    phone: '+351912345678',
    tags: ['vip'],
    attributes: { city: 'Lisbon' },
    nick: '',
    email: '',
  },
  order: {
    number: 'AB-1234',
    total: 42.5,
    paid: false,
    items: Array.from({ length: 10 }, (_, i) => ({ name: `Item ${i}`, price: i + 0.5, count: i })),
  },
  names: Array.from({ length: 10 }, (_, i) => `name ${i}`),
  now: '2026-03-02T09:00:00.000Z',
};

export const SUBJECTS: Subject[] = [
  {
    name: 'plain paths',
    template: 'Hi {{contact.firstName}} {{contact.lastName}}, your order {{order.number}} is on its way.',
    script: (s) => `Hi ${s.contact.firstName} ${s.contact.lastName}, your order ${s.order.number} is on its way.`,
  },
  {
    name: 'helper calls',
    template: '{{upper contact.firstName}}: {{add order.total 7.5}} {{default contact.email "no address"}}',
    script: (s) => `${s.contact.firstName.toUpperCase()}: ${s.order.total + 7.5} ${s.contact.email || 'no address'}`,
  },
  {
    name: 'calls in calls',
    template: '{{upper (default contact.nick (trim contact.firstName))}}{{#if (eq order.number "ab-1234")}}!{{/if}}',
    script: (s) =>
      `${(s.contact.nick || s.contact.firstName.trim()).toUpperCase()}${s.order.number.toLowerCase() === 'ab-1234' ? '!' : ''}`,
  },
  {
    name: 'each over 10',
    template: '{{#each order.items}}{{@index}}. {{name}}: {{price}}\n{{/each}}',
    script: (s) => s.order.items.map((item, i) => `${i}. ${item.name}: ${item.price}\n`).join(''),
  },
  {
    name: 'each, bound names',
    template: '{{#each names as |name at|}}{{at}} {{name}} of {{@root.contact.firstName}}; {{/each}}',
    script: (s) => s.names.map((name, at) => `${at} ${name} of ${s.contact.firstName}; `).join(''),
  },
  {
    name: 'if and else',
    template: '{{#if order.paid}}Thank you!{{else if order.total}}Please pay {{order.total}} €.{{else}}Free.{{/if}}',
    script: (s) => (s.order.paid ? 'Thank you!' : s.order.total ? `Please pay ${s.order.total} €.` : 'Free.'),
  },
  {
    name: 'WhatsApp text',
    template: `Olá {{default contact.firstName "there"}} 👋

Your order *{{order.number}}* ({{order.total}} €) is ready to be picked up in {{contact.attributes.city}}.
{{#if order.paid}}It is paid, thank you.{{else}}Please bring {{order.total}} € in cash or by card.{{/if}}

{{#each names}}- {{this}}{{#unless @last}},{{/unless}}
{{/each}}
Reply *1* to confirm, *2* to change the day, or write to us here: {{contact.phone}}.`,
    script: (s) => `Olá ${s.contact.firstName || 'there'} 👋

Your order *${s.order.number}* (${s.order.total} €) is ready to be picked up in ${s.contact.attributes.city}.
${s.order.paid ? 'It is paid, thank you.' : `Please bring ${s.order.total} € in cash or by card.`}

${s.names.map((one, i) => `- ${one}${i < s.names.length - 1 ? ',' : ''}\n`).join('')}Reply *1* to confirm, *2* to change the day, or write to us here: ${s.contact.phone}.`,
  },
];
