import { type Compiled, type InboundMessage, inboundMessage, inboundText, isObject } from '@parley/runtime';
import type { Draw } from './draw.ts';

type Place = Compiled['places'] extends ReadonlyMap<string, infer Value> ? Value : never;

const MEDIA = { id: 'm1', url: null, contentType: 'image/jpeg', filename: 'a.jpg', caption: null };
const PLACE = { latitude: 38.7, longitude: -9.1, name: null, address: null };
const ANSWERS: Record<string, string> = {
  number: '12',
  email: 'ana@example.com',
  phone: '+447700900001',
  date: '2026-03-04',
  choice: 'Yes',
  text: 'Something',
};

/** What a willing person would send to the question that waits. */
export function replyTo({ type, config }: Place, draw: Draw): InboundMessage {
  const choices = choicesIn(config);
  if (choices.length > 0 && !draw.one(4)) {
    const payload = draw.from(choices);
    return inboundMessage({ type: 'button', payload, text: payload });
  }
  const answer = isObject(config) && typeof config.answer === 'string' ? config.answer : type.type;
  switch (answer) {
    case 'media':
      return inboundMessage({ type: 'image', media: MEDIA });
    case 'location':
    case 'chat.locationRequest':
      return inboundMessage({ type: 'location', location: PLACE });
    case 'chat.flowForm':
      return inboundMessage({ type: 'form', data: { name: 'Ana', size: 12 } });
    case 'chat.products':
      return inboundMessage({
        type: 'order',
        data: {
          catalog_id: '1',
          product_items: [{ product_retailer_id: 'p1', quantity: 2, item_price: 5, currency: 'EUR' }],
        },
      });
    default:
      return inboundText(ANSWERS[answer] ?? 'Something');
  }
}

/** Ids of buttons and rows and payloads, wherever the config holds them; of rows from data, their numbers. */
function choicesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(choicesIn);
  if (!isObject(value)) return [];
  const own = typeof value.id === 'string' && typeof value.title === 'string' ? [value.id] : [];
  if (typeof value.payload === 'string') own.push(value.payload);
  if (typeof value.rowsFrom === 'string') own.push('1', '2');
  return [...own, ...Object.values(value).flatMap(choicesIn)];
}
