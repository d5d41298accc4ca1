import { defineNode, LIMITS, limitedText } from '@parley/runtime';
import { z } from 'zod';
import { footer, header } from '../framing.ts';
import { webAddress } from '../web-address.ts';

const config = z.strictObject({
  text: limitedText(LIMITS.interactiveBody).meta({ label: 'Message', input: 'textarea' }),
  button: limitedText(LIMITS.callToActionButton).meta({ label: 'Words on the button' }),
  url: webAddress.meta({ label: 'Address that it opens' }),
  header,
  footer,
});

/** Says something with a button that opens a web page, and goes on. Nobody tells whether it was tapped. */
export const callToAction = defineNode({
  type: 'chat.callToAction',
  title: 'Button that opens a page',
  group: 'chat',
  icon: 'external-link',
  description: 'Shows a text with one button that opens a web address.',
  config,
  sends: true,
  ports: () => ['next'],
  run: ({ config }) => ({
    port: 'next',
    effects: [{ type: 'message.send', content: { kind: 'callToAction', ...config } }],
  }),
});
