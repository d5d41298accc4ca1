import { type ContentOf, type OutboundContent, providerContent } from '@parley/runtime';
import { bodyOf, markReadBody } from '@parley/server/src/channels/whatsapp/meta/body.ts';
import { contentBody } from '@parley/server/src/channels/whatsapp/twilio/content.ts';
import { messageForm, messageOf } from '@parley/server/src/channels/whatsapp/twilio/message.ts';
import { templateVariables } from '@parley/server/src/channels/whatsapp/twilio/template-variables.ts';
import { compiled, schemasOf, type Validate, validatorOf } from './openapi.ts';
import { META_PATCHES } from './openapi-meta.ts';
import { META_OWN_LIMITS } from './openapi-own-limits.ts';
import { TWILIO_CONTENT_LIMITS, TWILIO_MESSAGE_LIMITS } from './openapi-twilio-limits.ts';

/** What is posted where. */
export interface Posted {
  call: 'meta' | 'message' | 'content';
  body: unknown;
}

/** By the provider's specification alone, and by the limits that we hold ourselves to besides. */
export type Judges = Record<Posted['call'], { specification: Validate; own: Validate }>;

export const META_SPECIFICATION = 'meta-business-messaging-api_v23.0.yaml';
const MESSAGE = 'POST /2010-04-01/Accounts/{AccountSid}/Messages.json';

export function readJudges(): Judges {
  const meta = validatorOf(schemasOf(META_SPECIFICATION), 'Message', META_PATCHES);
  const message = validatorOf(schemasOf('twilio/twilio_api_v2010.json'), MESSAGE, []);
  const content = validatorOf(schemasOf('twilio/twilio_content_v1.json'), 'ContentCreateRequest', []);
  return {
    meta: { specification: meta, own: compiled(META_OWN_LIMITS) },
    message: { specification: message, own: compiled(TWILIO_MESSAGE_LIMITS) },
    content: { specification: content, own: compiled(TWILIO_CONTENT_LIMITS) },
  };
}

/** In words what is wrong with it, if anything is. */
export function wrongWith({ call, body }: Posted, judges: Judges): string | null {
  const { specification, own } = judges[call];
  const said = specification(body);
  if (said) return `the specification: ${said}`;
  const ours = own(body);
  return ours && `our limits: ${ours}`;
}

const wire = (body: unknown): unknown => JSON.parse(JSON.stringify(body));

export function metaBody(content: OutboundContent): Posted {
  const to = { kind: 'phone', value: '447700900001' } as const;
  return { call: 'meta', body: wire(bodyOf({ content, to, reference: 'msg_1', lastInbound: 'wamid.1' })) };
}

export const readReceipts: Posted[] = [true, false].map((typing) => ({
  call: 'meta',
  body: markReadBody('wamid.1', typing),
}));

const HX = `HX${'0'.repeat(32)}`;
const ENVELOPE = {
  to: { kind: 'phone', value: '447700900001' },
  from: '+447700900000',
  messagingServiceSid: null,
  reference: 'msg_1',
  publicUrl: 'https://parley.example',
} as const;

/** What goes to Twilio in the content's place: a message, and before it perhaps a resource; or why nothing does. */
export function twilioBodies(given: OutboundContent): Posted[] | string {
  const made = providerContent(withAddresses(given), 'twilio', 'en');
  if ('unsupported' in made) return made.unsupported;
  const { content } = made;
  const shaped = contentBody(content);
  const variables = content.kind === 'template' ? variablesOf(content) : shaped?.variables;
  if (typeof variables === 'string') return variables;
  const resource = variables ? { sid: HX, variables } : null;
  const message = messageOf(content, ENVELOPE, resource);
  if (typeof message === 'string') return message;
  const posted: Posted[] = [{ call: 'message', body: wire(messageForm(message)) }];
  if (shaped) {
    posted.push({ call: 'content', body: wire(filled(shaped.body, shaped.variables)) });
  }
  return posted;
}

/** An approved template that has a place for each of the parameters. */
function variablesOf(content: ContentOf<'template'>): Record<string, string> | string {
  const body = Object.keys(content.parameters)
    .map((name) => `{{${name}}}`)
    .join(' ');
  const made = templateVariables({ 'twilio/text': { body } }, content);
  return typeof made === 'string' ? made : made.variables;
}

/** The resource as the person reads it: the places of the resource are words again. */
function filled<T extends { types: object }>(body: T, variables: Record<string, string>): T {
  const words = (text: string) => text.replace(/\{\{(\d+)\}\}/g, (_, name: string) => variables[name] ?? '');
  const types = JSON.parse(JSON.stringify(body.types), (_, value) =>
    typeof value === 'string' ? words(value) : value,
  );
  return { ...body, types };
}

/** Files of our own get an address before they go to Twilio. */
function withAddresses(content: OutboundContent): OutboundContent {
  const text = JSON.stringify(content, (_, value) => {
    if (typeof value !== 'object' || value === null || !('mediaId' in value) || value.url) return value;
    const { mediaId, ...rest } = value;
    return { ...rest, url: `https://parley.example/api/media/${mediaId}` };
  });
  return JSON.parse(text);
}
