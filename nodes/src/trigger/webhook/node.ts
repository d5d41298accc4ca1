import { defineNode, readPath, valueToText } from '@parley/runtime';
import { parsePhoneNumberFromString } from 'libphonenumber-js';
import { z } from 'zod';
import { SavedAs, WhenBusy } from '../when-busy.ts';

const MAX_NAME = 200; // characters of a contact's name

const Path = z
  .string()
  .max(200)
  .regex(/^[^.\s]+(\.[^.\s]+)*$/, 'Write where it stands in the body, dots between: customer.phone, or items.0.phone.');

const config = z.strictObject({
  saveAs: SavedAs('webhook'),
  phone: Path.default('phone').meta({ label: "Where the body has the person's number" }),
  name: Path.optional().meta({ label: 'Where it has the name' }),
  whenBusy: WhenBusy,
});

/** Begins a session when another system calls the flow's address; its body is kept under `saveAs`. */
export const webhookTrigger = defineNode({
  type: 'trigger.webhook',
  title: 'A webhook arrives',
  group: 'trigger',
  icon: 'webhook',
  description: 'Begins the bot for a person whose number another system sends to the address of this bot.',
  config,
  literal: ['saveAs', 'phone', 'name', 'whenBusy'],
  begins: 'webhook',
  ports: () => ['next'],
  run: () => ({ port: 'next' }),
});

export type Recipient = { phone: string; name: string | null } | { problem: string };

/** For whom a webhook's body is meant. The number becomes E.164; a number without "+" or "00" is read as one with it. */
export function recipientOf(settings: z.input<typeof config>, body: unknown): Recipient {
  const { phone, name } = config.parse(settings);
  const given = valueToText(readPath(body, phone)).trim();
  if (given === '') return { problem: `The body has no number at "${phone}". Send it there, or change the path.` };
  const number = parsePhoneNumberFromString(`+${given.replace(/^(\+|00)/, '')}`);
  if (!number?.isPossible())
    return { problem: `"${given.slice(0, 40)}" at "${phone}" is no phone number. Send it as +351912345678.` };
  const called = name === undefined ? '' : valueToText(readPath(body, name)).trim();
  return { phone: number.number, name: called.slice(0, MAX_NAME) || null };
}
