import type { ElementOf, InboundElement } from '../../inbound.ts';
import { parseWebhook } from '../parse.ts';

export const ANA = { wa_id: '447700900001', profile: { name: 'Ana Silva' } };

export const webhook = (
  value: object,
  field: unknown = 'messages',
  metadata: object = { phone_number_id: '1001' },
) => ({
  object: 'whatsapp_business_account',
  entry: [{ id: '2002', changes: [{ field, value: { messaging_product: 'whatsapp', metadata, ...value } }] }],
});

export const elements = (body: unknown): InboundElement[] => parseWebhook(body).flatMap((change) => change.elements);

/** What becomes of one element of `messages[]`. */
export const told = (raw: object, contacts: unknown = [ANA]): InboundElement | undefined =>
  elements(
    webhook({ contacts, messages: [{ from: '447700900001', id: 'wamid.1', timestamp: '1772442000', ...raw }] }),
  )[0];

export function heard(raw: object, contacts: unknown = [ANA]): ElementOf<'message'> {
  const element = told(raw, contacts);
  if (element?.kind !== 'message') throw new Error(`no message but ${JSON.stringify(element)}`);
  return element;
}
