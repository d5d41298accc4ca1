import type { Template, TemplateComponent } from './model.ts';
import type { Ids } from './random.ts';

/** Templates that every account begins with: Meta's own first one, and one of each look. */
export const readyTemplates = (ids: Ids): Template[] => {
  const template = (
    name: string,
    category: string,
    components: TemplateComponent[],
    more: Partial<Template> = {},
  ): Template => ({
    id: ids.digits(15),
    name,
    language: 'en_US',
    category,
    status: 'APPROVED',
    parameterFormat: 'POSITIONAL',
    components,
    ...more,
  });
  const body = (text: string): TemplateComponent => ({ type: 'BODY', text });
  return [
    template('hello_world', 'UTILITY', [
      { type: 'HEADER', format: 'TEXT', text: 'Hello World' },
      body(
        'Welcome and congratulations!! This message demonstrates your ability to send a WhatsApp message notification.',
      ),
      { type: 'FOOTER', text: 'WhatsApp Business Platform sample message' },
    ]),
    template('order_update', 'UTILITY', [
      body('Hello {{1}}, your order {{2}} is on its way.'),
      {
        type: 'BUTTONS',
        buttons: [
          { type: 'QUICK_REPLY', text: 'Where is it?' },
          { type: 'QUICK_REPLY', text: 'Stop' },
        ],
      },
    ]),
    template('invoice', 'UTILITY', [
      { type: 'HEADER', format: 'DOCUMENT' },
      body('Your invoice {{1}} is attached.'),
      { type: 'BUTTONS', buttons: [{ type: 'URL', text: 'Pay', url: 'https://shop.example/pay/{{1}}' }] },
    ]),
    template(
      'summer_offer',
      'MARKETING',
      [
        { type: 'HEADER', format: 'IMAGE' },
        body('Hi {{first_name}}, everything is {{discount}} off today.'),
        { type: 'FOOTER', text: 'Answer STOP to hear no more' },
        { type: 'BUTTONS', buttons: [{ type: 'COPY_CODE', text: 'Copy the code' }] },
      ],
      { parameterFormat: 'NAMED' },
    ),
    template('paused_offer', 'MARKETING', [body('A good offer.')], { status: 'PAUSED' }),
  ];
};
