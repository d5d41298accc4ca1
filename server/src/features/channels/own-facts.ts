import type { LiveFlow } from '@parley/runtime';
import type { Connection } from 'mongoose';
import { unpackEvent } from '../../engine/codec.ts';
import type { ConversationDocument, EventRow } from '../../engine/documents.ts';
import type { Channel } from '../../storage/channel.ts';
import { RANKS } from '../../storage/messages.ts';
import type { TemplateStore } from '../templates/store.ts';
import type { OwnFacts, Traffic } from './diagnostics/facts.ts';

const DAY = 86_400_000; // ms
const MAX_ROWS = 200; // of each kind: enough to tell what is wrong, and quickly read
const MAX_CONVERSATIONS = 100;
const LAST_MESSAGES = 20; // of each conversation: one with a history of years costs no more than another
const LOOKED_AT = 1_000; // conversations of the organization among which those of the channel are looked for

export interface OwnFactsDeps {
  connection: Connection;
  live(organization: string): Promise<LiveFlow[]>;
  flowName(organization: string, id: string): Promise<string | null>;
  templates: TemplateStore;
  /** Tries to keep a file. In words why it cannot be; null where it can. */
  storageProblem(): Promise<string | null>;
  now: () => Date;
  /** Milliseconds for each query. */
  timeout: number;
}

/** What our own store tells of the channel's last 24 hours, all asked at once; each answer comes by itself. */
export function askOwn(deps: OwnFactsDeps, channel: Channel): { [Name in keyof OwnFacts]: Promise<OwnFacts[Name]> } {
  const { connection, templates, now, timeout } = deps;
  const { organization, id } = channel;
  const since = new Date(now().getTime() - DAY);
  const limits = { maxTimeMS: timeout, limit: MAX_ROWS };
  // By the organization's index: with the channel in the filter, the store would sort all that the channel ever had
  const recent = connection
    .collection<ConversationDocument>('conversations')
    .find(
      { organization, updatedAt: { $gte: since } },
      { maxTimeMS: timeout, limit: LOOKED_AT, sort: { updatedAt: -1, _id: -1 } },
    )
    .project<Recent>({ channel: 1, session: 1, owner: 1, lastInboundAt: 1, lastMessage: 1, orders: 1 })
    .toArray()
    .then((all) => all.filter(({ channel }) => channel === id).slice(0, MAX_CONVERSATIONS));

  return {
    log: readLog(),
    flows: readFlows(),
    faults: recent.then((all) =>
      all.flatMap(({ _id, session }) =>
        session?.status === 'failed' ? [{ conversation: _id, flow: session.flow }] : [],
      ),
    ),
    traffic: recent.then((all) => readTraffic(all)),
    media: connection
      .collection('media')
      .find({ organization, channel: id, state: { $in: ['failed', 'refused'] }, createdAt: { $gte: since } }, limits)
      .project<NonNullable<OwnFacts['media']>[number]>({ _id: 0, state: 1, contentType: 1, size: 1, reason: 1 })
      .toArray(),
    storage: deps.storageProblem().then((problem) => ({ ok: problem === null, problem })),
    templates: templates.ofChannel(organization, id),
  };

  async function readFlows() {
    const live = await deps.live(organization);
    return Promise.all(
      live.map(async (flow) => ({ ...flow, name: (await deps.flowName(organization, flow.id)) ?? flow.id })),
    );
  }

  async function readLog(): Promise<NonNullable<OwnFacts['log']>> {
    // Each state by itself: both at once would be sorted in memory
    const ofState = (state: EventRow['state']) =>
      connection
        .collection<EventRow>('events')
        .find({ organization, state, acceptedAt: { $gte: since } }, { ...limits, sort: { acceptedAt: -1, _id: -1 } })
        .toArray();
    const rows = (await Promise.all([ofState('parked'), ofState('raw')])).flat();
    const conversations = rows.filter(({ state }) => state === 'parked').map(({ conversation }) => conversation);
    const own = await connection
      .collection<ConversationDocument>('conversations')
      .find({ _id: { $in: conversations }, organization, channel: id }, { maxTimeMS: timeout })
      .project<{ _id: string }>({ _id: 1 })
      .toArray();
    const ours = new Set(own.map(({ _id }) => _id));
    return rows.flatMap((row): NonNullable<OwnFacts['log']> => {
      if (row.state === 'parked') {
        return ours.has(row.conversation) ? [{ problem: 'A step of a flow broke three times.', parked: true }] : [];
      }
      const { payload } = unpackEvent(row);
      if (!('problem' in payload) || payload.channel !== id || payload.problem === null) return [];
      return [{ problem: payload.problem, parked: false }];
    });
  }

  async function readTraffic(conversations: Recent[]): Promise<Traffic> {
    if (conversations.length === 0) return { ...countMessages([]), last: null };
    const messages = await connection
      .collection<MessagePart>('messages')
      .find(
        {
          organization,
          $or: conversations.map(({ _id, orders }) => ({ conversation: _id, order: { $gte: orders - LAST_MESSAGES } })),
        },
        { maxTimeMS: timeout },
      )
      .project<MessagePart>({ conversation: 1, direction: 1, rank: 1, error: 1, createdAt: 1, order: 1 })
      .toArray();
    const recent = messages.filter(({ createdAt }) => createdAt >= since).sort(byConversation);
    return { ...countMessages(recent), last: lastHeard(conversations) };
  }
}

type Recent = Pick<
  ConversationDocument,
  '_id' | 'channel' | 'session' | 'owner' | 'lastInboundAt' | 'lastMessage' | 'orders'
>;

interface MessagePart {
  conversation: string;
  direction: 'INBOUND' | 'OUTBOUND';
  rank: number;
  order: number;
  error: { code: string; reason: string } | null;
  createdAt: Date;
}

const byConversation = (a: MessagePart, b: MessagePart) =>
  a.conversation.localeCompare(b.conversation) || a.order - b.order;

function countMessages(messages: readonly MessagePart[]): Omit<Traffic, 'last'> {
  const sent = messages.filter(({ direction }) => direction === 'OUTBOUND');
  const failed = sent.filter(({ rank }) => rank === RANKS.FAILED);
  const newest = sent.reduce<MessagePart | null>(
    (best, one) => (best && best.createdAt >= one.createdAt ? best : one),
    null,
  );
  return {
    heard: messages.length - sent.length,
    sent: sent.length,
    failed: failed.map(({ error }) => error ?? { code: 'unknown', reason: 'Nobody says why.' }),
    answerSeconds: answerTimes(messages),
    lastSent: newest && { at: newest.createdAt, failed: newest.rank === RANKS.FAILED },
  };
}

/** From the first of a person's messages in a row to the first answer. The messages are in their conversations' order. */
function answerTimes(messages: readonly MessagePart[]): number[] {
  const times: number[] = [];
  let asked: MessagePart | null = null;
  for (const message of messages) {
    if (asked && asked.conversation !== message.conversation) asked = null;
    if (message.direction === 'INBOUND') asked ??= message;
    else if (asked) {
      times.push((message.createdAt.getTime() - asked.createdAt.getTime()) / 1_000);
      asked = null;
    }
  }
  return times;
}

function lastHeard(conversations: readonly Recent[]): Traffic['last'] {
  const [newest] = conversations
    .flatMap((one) => (one.lastInboundAt ? [{ ...one, at: one.lastInboundAt }] : []))
    .sort((a, b) => b.at.getTime() - a.at.getTime());
  if (!newest) return null;
  const answered = newest.lastMessage?.direction === 'OUTBOUND';
  return { at: newest.at, answered, ownedByPeople: newest.owner.kind !== 'bot' };
}
