import { isObject } from '@parley/runtime';
import { z } from 'zod';
import type { Answer } from '../errors/ask.ts';
import type { Graph } from './graph.ts';
import { textOf } from './read.ts';

/** What people see when they open the business in WhatsApp. */
export interface Profile {
  about: string | null;
  address: string | null;
  description: string | null;
  email: string | null;
  websites: string[];
  vertical: string | null;
  pictureUrl: string | null;
}

const website = z
  .url({ protocol: /^https?$/, error: 'Write the whole address, beginning with https://.' })
  .max(256, 'A website’s address holds at most 256 characters.');
const text = (max: number) => z.string().max(max, `Shorten it to ${max} characters.`);

/** Merge patch. Limits: Meta, "Business profiles"; an empty text takes the field away, but for `about`. */
export const ProfileChange = z.strictObject({
  about: text(139).min(1, 'Meta wants at least one character here.').optional(),
  address: text(256).optional(),
  description: text(256).optional(),
  email: z
    .union([z.literal(''), z.email('Write an e-mail address.').max(128, 'Shorten it to 128 characters.')])
    .optional(),
  websites: z.array(website).max(2, 'WhatsApp shows at most 2 websites.').optional(),
  vertical: z
    .string()
    .regex(/^[A-Z_]{1,40}$/, 'Write one of Meta’s industries in upper case, such as RETAIL.')
    .optional(),
});
export type ProfileChange = z.infer<typeof ProfileChange>;

const FIELDS = 'about,address,description,email,websites,vertical,profile_picture_url';

/** Source: Meta, `GET /{PHONE_NUMBER_ID}/whatsapp_business_profile`. */
export async function readProfile(graph: Graph, phoneNumberId: string): Promise<Answer<Profile>> {
  const answer = await graph.get(pathOf(phoneNumberId), { fields: FIELDS });
  if (!answer.ok) return answer;
  const { data } = answer.value;
  const found = Array.isArray(data) ? data.find(isObject) : data;
  return { ok: true, value: profileOf(isObject(found) ? found : {}) };
}

export const changeProfile = (graph: Graph, phoneNumberId: string, change: ProfileChange): Promise<Answer> =>
  graph.post(pathOf(phoneNumberId), { messaging_product: 'whatsapp', ...change });

const pathOf = (phoneNumberId: string) => `/${encodeURIComponent(phoneNumberId)}/whatsapp_business_profile`;

const profileOf = (row: Record<string, unknown>): Profile => ({
  about: textOf(row.about),
  address: textOf(row.address),
  description: textOf(row.description),
  email: textOf(row.email),
  websites: Array.isArray(row.websites) ? row.websites.flatMap((one) => textOf(one) ?? []) : [],
  vertical: textOf(row.vertical),
  pictureUrl: textOf(row.profile_picture_url),
});
