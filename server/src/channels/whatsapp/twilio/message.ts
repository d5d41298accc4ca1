import type { ContentOf, OutboundContent } from '@parley/runtime';
import type { Recipient } from '../gateway.ts';
import { variablesText } from './content.ts';

/** What `messages.create` of Twilio's client takes. Source: Twilio, Messages resource (2010-04-01). */
export interface TwilioMessage {
  to: string;
  from?: string;
  messagingServiceSid?: string;
  statusCallback: string;
  body?: string;
  mediaUrl?: string[];
  persistentAction?: string[];
  contentSid?: string;
  contentVariables?: string;
}

export interface Envelope {
  to: Recipient;
  /** E.164. With both, the number is one of the service's senders. */
  from: string | null;
  messagingServiceSid: string | null;
  /** Our id of the message: it comes back in the signed address of every status. */
  reference: string;
  publicUrl: string;
}

/** A Content resource and what fills its places. */
export interface Resource {
  sid: string;
  variables: Record<string, string>;
}

/**
 * The message for a content that is fit for Twilio (`providerContent`); kinds that need a Content resource (buttons,
 * lists, forms, templates) get it in `resource`. A text says why there is none.
 */
export function messageOf(
  content: OutboundContent,
  envelope: Envelope,
  resource: Resource | null,
): TwilioMessage | string {
  const { from, messagingServiceSid, reference, publicUrl } = envelope;
  if (envelope.to.kind === 'group') return 'Twilio sends to no groups. Write to each person.';
  const part = resource ? partOfResource(resource) : partOf(content);
  if (typeof part === 'string') return part;
  return {
    to: addressOf(envelope.to),
    ...(from === null ? {} : { from: `whatsapp:${from}` }),
    ...(messagingServiceSid === null ? {} : { messagingServiceSid }),
    statusCallback: `${publicUrl}/webhook/twilio/status?m=${encodeURIComponent(reference)}`,
    ...part,
  };
}

/** The same message as the form that goes over the wire: `To`, `From`, `Body`, … */
export const messageForm = (message: TwilioMessage): Record<string, string | string[]> =>
  Object.fromEntries(
    Object.entries(message).map(([name, value]) => [name.charAt(0).toUpperCase() + name.slice(1), value]),
  );

/** A phone may come with or without its plus; a business-scoped id (`US.1349…`) goes as it is. */
const addressOf = ({ kind, value }: Recipient): string =>
  kind === 'phone' ? `whatsapp:+${value.replace(/^\+/, '')}` : `whatsapp:${value}`;

type Part = Omit<TwilioMessage, 'to' | 'from' | 'messagingServiceSid' | 'statusCallback'>;

const partOfResource = ({ sid, variables }: Resource): Part => ({
  contentSid: sid,
  ...(Object.keys(variables).length > 0 ? { contentVariables: variablesText(variables) } : {}),
});

function partOf(content: OutboundContent): Part | string {
  switch (content.kind) {
    case 'text':
      return { body: content.text };
    case 'image':
    case 'video':
    case 'document':
      return content.url === undefined
        ? NO_ADDRESS
        : { ...(content.caption ? { body: content.caption } : {}), mediaUrl: [content.url] };
    case 'audio':
    case 'sticker':
      return content.url === undefined ? NO_ADDRESS : { mediaUrl: [content.url] };
    case 'location':
      return placeOf(content);
    default:
      return `Twilio cannot send this (${content.kind}).`;
  }
}

const NO_ADDRESS = 'Twilio fetches files by their address. Give the address of the file (url).';

/** The body is the place's name, the label what stands below. Source: Twilio, "Location messages with WhatsApp". */
function placeOf({ latitude, longitude, title, address }: ContentOf<'location'>): Part {
  const point = `${decimal(latitude)},${decimal(longitude)}`;
  const label = address || title;
  return { body: title || address || point, persistentAction: [`geo:${point}${label ? `|${label}` : ''}`] };
}

const DECIMALS = 7; // a centimetre
/** Never `1e-7`, which is no coordinate. */
const decimal = (degrees: number): string => degrees.toFixed(DECIMALS).replace(/\.?0+$/, '');
