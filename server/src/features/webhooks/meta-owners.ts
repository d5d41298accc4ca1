import { createHash } from 'node:crypto';
import { type InboundElement, otherElement } from '../../channels/whatsapp/inbound.ts';
import { type MetaPart, partsOf } from '../../channels/whatsapp/meta/parse.ts';
import { keyOf } from '../../channels/whatsapp/meta/read.ts';
import { isSignedBy } from '../../channels/whatsapp/meta/signature.ts';
import type { Channel, MetaChannel } from '../../storage/channel.ts';

/**
 * Numbers and accounts of one body that are looked up. Meta sends 1,000 updates at most; what names more is nobody's, or
 * anybody could have us ask the store 100,000 times.
 */
const MOST_PLACES = 1_000;

/** Parts of a body that are looked through for them: an unsigned list of a million nothings shall cost no second. */
const MOST_PARTS = 20_000;

/** Characters kept of a body that is no webhook: bytes that are no text take six times their room in the store. */
const MOST_UNREADABLE = 1_000_000;

export interface MetaChannels {
  byPhoneNumberId(id: string): Promise<MetaChannel | null>;
  byBusinessAccountId(id: string): Promise<MetaChannel[]>;
  enabledMeta(): Promise<MetaChannel[]>;
  /** Also those that are switched off. */
  everyMeta(): Promise<MetaChannel[]>;
}

/** What one channel hears of one body. */
export interface Work {
  channel: Channel;
  elements: InboundElement[];
}

type Place = Pick<MetaPart, 'phoneNumberId' | 'businessAccountId'>;

interface Signed {
  body: Buffer;
  signature: string;
}

/**
 * Each part under its own channel's secret: what another app signed is not ours. Empty where nobody is meant. What names
 * an unknown number is nobody's as long as it comes alone: Meta tries again, and somebody may connect the number until
 * then. Beside parts of ours it is kept, for Meta sends nothing again of a body that was taken: with whose it is, and never
 * its words with another organization of the same app. Nothing is read before it is known to be signed.
 */
export async function ownersOf(parsed: unknown, { body, signature }: Signed, channels: MetaChannels): Promise<Work[]> {
  const isSigned = rememberedSignature(body, signature);
  const places = await ownersByPlace(parsed, channels, isSigned);
  const owners = [...places.values()].flat();
  const [first] = owners;
  if (!first) {
    // Signed by one of our apps, and yet nothing in it is anybody's: no JSON at all, or an envelope without changes
    const isNobodys = [...places.keys()].some((place) => place !== NOWHERE);
    const channel = isNobodys ? undefined : (await channels.enabledMeta()).find(isSigned);
    return channel ? [{ channel, elements: [unreadable(body)] }] : [];
  }
  const work = new Map<string, Work>();
  let app: MetaChannel[] | null = null;
  for (const part of partsOf(parsed)) {
    const own = places.get(placeOf(part)) ?? [];
    if (own.length > 0) {
      const elements = part.read();
      for (const channel of own) give(channel, elements);
      continue;
    }
    app ??= (await channels.everyMeta()).filter(isSigned);
    const home = homeOf(part, owners, app);
    give(home ?? first, keptWhole(part, home !== null));
  }
  return [...work.values()];

  function give(channel: Channel, elements: InboundElement[]): void {
    const own = work.get(channel.id) ?? { channel, elements: [] };
    own.elements.push(...elements);
    work.set(channel.id, own);
  }
}

const placeOf = ({ phoneNumberId, businessAccountId }: Place): string => `${phoneNumberId}\n${businessAccountId}`;
const NOWHERE = placeOf({ phoneNumberId: null, businessAccountId: null });

async function ownersByPlace(parsed: unknown, channels: MetaChannels, isSigned: (channel: MetaChannel) => boolean) {
  const places = new Map<string, MetaChannel[]>();
  let parts = 0;
  for (const part of partsOf(parsed)) {
    if (places.size >= MOST_PLACES || ++parts > MOST_PARTS) break;
    const place = placeOf(part);
    if (!places.has(place)) places.set(place, heardOnce((await channelsOf(part, channels)).filter(isSigned)));
  }
  return places;
}

/** Channels of one app share its secret: the HMAC of 3 MB is made once for all of them. */
function rememberedSignature(body: Buffer, signature: string): (channel: MetaChannel) => boolean {
  const known = new Map<string, boolean>();
  return ({ secrets }) => {
    if (secrets === null) return false;
    const answer = known.get(secrets.appSecret) ?? isSignedBy(secrets.appSecret, body, signature);
    known.set(secrets.appSecret, answer);
    return answer;
  };
}

/** By the number, or by the account where it names that only. */
async function channelsOf({ phoneNumberId, businessAccountId }: Place, channels: MetaChannels) {
  if (phoneNumberId !== null) return [await channels.byPhoneNumberId(phoneNumberId)].flatMap((one) => one ?? []);
  return businessAccountId === null ? [] : channels.byBusinessAccountId(businessAccountId);
}

/** One number of each organization, of those whose secret signed it: another may belong to an app of before. */
const heardOnce = (all: MetaChannel[]): MetaChannel[] =>
  all.filter(({ organization }, at) => all.findIndex((one) => one.organization === organization) === at);

/**
 * Who may read what names nobody who listens: the channel of that number that is switched off, one of that account, or
 * anybody where the whole app is one organization's. Null: it may be a stranger's, such as of a customer who has left
 * the app that everybody signs up with.
 */
function homeOf(
  { phoneNumberId, businessAccountId }: Place,
  owners: MetaChannel[],
  app: MetaChannel[],
): Channel | null {
  const ofAccount = (one: MetaChannel) => businessAccountId !== null && one.businessAccountId === businessAccountId;
  const known =
    app.find((one) => phoneNumberId !== null && one.phoneNumberId === phoneNumberId) ??
    owners.find(ofAccount) ??
    app.find(ofAccount);
  if (known) return known;
  const isOneHouse = app.every(({ organization, signedUp }) => organization === app[0]?.organization && !signedUp);
  const isPlaceless = phoneNumberId === null && businessAccountId === null;
  return isOneHouse || isPlaceless ? (owners[0] ?? null) : null;
}

/**
 * Never as messages of a number that is not theirs, and without a word where it may be a stranger's. What names no number
 * at all is kept by the parser already.
 */
function keptWhole({ phoneNumberId, businessAccountId, read }: MetaPart, isReadable: boolean): InboundElement[] {
  const elements = read();
  if (phoneNumberId === null && businessAccountId === null && elements.every(({ kind }) => kind === 'other'))
    return elements;
  const raw = elements.map((element) => element.raw);
  const number = phoneNumberId ?? `of account ${businessAccountId}`;
  return [
    otherElement({
      field: 'unclaimed',
      key: keyOf('unclaimed', phoneNumberId, businessAccountId, raw),
      problem: `No enabled channel of this app has the number ${number}: connect it, or take it out of the app.`,
      facts: { phone_number_id: phoneNumberId, waba_id: businessAccountId },
      raw: isReadable ? raw : null,
    }),
  ];
}

/** Kept, so that a person can look at it. */
function unreadable(body: Buffer): InboundElement {
  const key = createHash('sha256').update(body).digest('hex').slice(0, 40);
  const raw = body.toString('utf8').slice(0, MOST_UNREADABLE);
  return otherElement({ field: 'unreadable', key, problem: 'The body holds no changes.', raw });
}
