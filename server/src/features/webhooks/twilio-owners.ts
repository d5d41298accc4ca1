import { type Form, paramOf } from '../../channels/whatsapp/twilio/form.ts';
import { personOf } from '../../channels/whatsapp/twilio/parse.ts';
import { signedWith } from '../../channels/whatsapp/twilio/signature.ts';
import type { TwilioChannel } from '../../storage/channel.ts';

export interface TwilioChannels {
  byTwilioNumber(accountSid: string, address: string): Promise<TwilioChannel | null>;
  enabledTwilio(): Promise<TwilioChannel[]>;
}

/** One request of Twilio's, as it came. */
export interface Arrived {
  address: string;
  signature: string;
  /** Null where the body is not a form's. */
  form: Form | null;
  body: string;
}

/** Whose number a request names, and whether its account signed it; null where that number is nobody's. */
export type Owner = { channel: TwilioChannel; signed: boolean } | null;

/** The parameters, read; null where they cannot be. */
type Params = Form | null;

/** The channel of the number that a message was sent to, if its account signed it; another number is nobody's. */
export async function receiverOf(arrived: Arrived, params: Params, channels: TwilioChannels): Promise<Owner> {
  const account = params && paramOf(params, 'AccountSid');
  const to = params && paramOf(params, 'To');
  if (account === null || to === null) return anySigner(arrived, channels);
  const channel = await byNumber(account, to, channels);
  return channel && ownerOf(arrived, channel);
}

/**
 * The channel that a status speaks to: of the number that sent it or, where a Messaging Service chose another one or `From`
 * is missing, of the service. `owner` tells the message's channel, for a service may hold several of our numbers: the
 * one that it chose may be another channel's.
 */
export async function speakerOf(
  arrived: Arrived,
  params: Params,
  channels: TwilioChannels,
  owner: () => Promise<string | null>,
): Promise<Owner> {
  const account = params && paramOf(params, 'AccountSid');
  const from = params && paramOf(params, 'From');
  const service = params && paramOf(params, 'MessagingServiceSid');
  if (account === null || (from === null && service === null)) return anySigner(arrived, channels);
  const channel = from === null ? null : await byNumber(account, from, channels);
  const named = channel && (await ownerOf(arrived, channel));
  if (service === null || named?.signed === false) return named;
  if (named && [named.channel.id, null].includes(await owner())) return named;
  const inService = (await channels.enabledTwilio()).filter(
    ({ accountSid, messagingServiceSid }) => accountSid === account && messagingServiceSid === service,
  );
  const found = await signers(arrived, inService);
  const own = found.length > 0 ? await owner() : null;
  return signedBy(found.find(({ id }) => id === own)) ?? named ?? signedBy(found[0]);
}

const ownerOf = async (arrived: Arrived, channel: TwilioChannel): Promise<Owner> => ({
  channel,
  signed: (await signers(arrived, [channel])).length > 0,
});

const signedBy = (channel: TwilioChannel | undefined): Owner => (channel ? { channel, signed: true } : null);

/** Signed by one of our accounts and still not readable: kept there, so that a person can look at it. */
const anySigner = async (arrived: Arrived, channels: TwilioChannels): Promise<Owner> =>
  arrived.signature === '' ? null : signedBy((await signers(arrived, await channels.enabledTwilio()))[0]);

function byNumber(account: string, number: string, channels: TwilioChannels): Promise<TwilioChannel | null> {
  const { waId } = personOf(number);
  return waId === null ? Promise.resolve(null) : channels.byTwilioNumber(account, `+${waId}`);
}

/** Those whose token the request was signed with; each token is tried once. */
async function signers(arrived: Arrived, candidates: TwilioChannel[]): Promise<TwilioChannel[]> {
  const known = new Map<string, boolean>();
  const found: TwilioChannel[] = [];
  for (const channel of candidates) {
    const token = channel.secrets?.authToken;
    if (token === undefined) continue;
    const isSigned = known.get(token) ?? (await signedWith(token))(arrived);
    known.set(token, isSigned);
    if (isSigned) found.push(channel);
  }
  return found;
}
