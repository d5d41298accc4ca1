import { z } from 'zod';
import type { Channel } from '../../storage/channel.ts';
import type { Contact } from '../../storage/contacts.ts';
import { type MessageRow, statusOf } from '../../storage/messages.ts';
import type { ConversationRow } from './store.ts';

const WINDOW = 24 * 3_600_000; // ms; Meta: free messages within 24 hours of the person's last one
const nullable = z.string().nullable();

export const ConversationShape = z.object({
  id: z.string(),
  channel: z.object({ id: z.string(), provider: z.string(), name: z.string() }),
  contact: z.object({ id: z.string(), name: nullable, phone: nullable }),
  owner: z.object({
    kind: z.enum(['bot', 'agent', 'queue', 'nobody']),
    flow: z.object({ id: z.string(), version: z.number(), node: z.string() }).nullable(),
    user: nullable,
    team: nullable,
  }),
  epoch: z.number(),
  status: z.enum(['open', 'snoozed', 'closed']),
  assignee: nullable,
  team: nullable,
  labels: z.array(z.string()),
  priority: z.enum(['none', 'low', 'normal', 'high', 'urgent']),
  window: z.object({ open: z.boolean(), closesAt: nullable }),
  unread: z.number(),
  lastMessage: z
    .object({ id: z.string(), preview: z.string(), direction: z.enum(['INBOUND', 'OUTBOUND']), createdAt: z.string() })
    .nullable(),
  eligible: z.object({ ok: z.boolean(), reason: nullable }),
  /** Sends that were on their way when a person took over: they may still go out. */
  inFlight: z.array(z.string()).optional(),
  createdAt: z.string(),
  updatedAt: z.string(),
});

export function presentConversation(
  row: ConversationRow,
  channel: Channel | undefined,
  contact: Contact | undefined,
  now: Date,
): z.infer<typeof ConversationShape> {
  const { owner, session } = row;
  const inFlow =
    session !== null && session !== undefined && (session.status === 'waiting' || session.status === 'calling');
  const closesAt = row.lastInboundAt ? new Date(row.lastInboundAt.getTime() + WINDOW) : null;
  const user = owner.kind === 'agent' ? owner.user : null;
  return {
    id: row._id,
    channel: { id: row.channel, provider: channel?.provider ?? 'removed', name: channel?.name ?? 'Removed channel' },
    contact: { id: row.contact, name: contact?.name ?? null, phone: contact?.phone ?? null },
    owner: {
      kind: owner.kind,
      flow: inFlow ? { id: session.flow, version: session.version, node: session.snapshot.at } : null,
      user,
      team: owner.kind === 'queue' ? owner.team : null,
    },
    epoch: row.epoch,
    status: row.status,
    assignee: row.assignee ?? user,
    team: row.team ?? null,
    labels: row.labels ?? [],
    priority: row.priority ?? 'none',
    window: { open: closesAt !== null && closesAt > now, closesAt: closesAt?.toISOString() ?? null },
    unread: row.unread,
    lastMessage: row.lastMessage ? { ...row.lastMessage, createdAt: row.lastMessage.createdAt.toISOString() } : null,
    eligible: eligibility(contact),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

function eligibility(contact: Contact | undefined): { ok: boolean; reason: string | null } {
  if (!contact) return { ok: false, reason: 'contact_unknown' };
  if (contact.whatsappBlocked) return { ok: false, reason: 'contact_blocked' };
  return contact.consent.service ? { ok: true, reason: null } : { ok: false, reason: 'contact_not_opted_in' };
}

export const MessageShape = z.object({
  id: z.string(),
  conversationId: z.string(),
  contactId: z.string(),
  direction: z.enum(['INBOUND', 'OUTBOUND']),
  author: z.object({ kind: z.string(), id: nullable, name: nullable }),
  type: z.string(),
  text: nullable,
  attachments: z.array(
    z.object({
      id: nullable,
      url: nullable,
      contentType: nullable,
      filename: nullable,
      size: z.number().nullable(),
      /** Of a file of ours: it is still being fetched, is here, could not be had, or was not wanted, and why. */
      state: z.enum(['pending', 'ready', 'failed', 'refused']).optional(),
      reason: nullable.optional(),
    }),
  ),
  interactive: z.unknown().nullable(),
  template: z.unknown().nullable(),
  location: z.unknown().nullable(),
  data: z.unknown().nullable(),
  replyTo: nullable,
  forwarded: z.boolean(),
  /** When the person changed it, or took it back: it is empty then. */
  editedAt: nullable,
  revokedAt: nullable,
  /** What the provider charges for it, as far as it has told. */
  pricing: z
    .object({ billable: z.boolean().nullable(), model: nullable, type: nullable, category: nullable })
    .nullable(),
  status: z.enum(['PENDING', 'SENT', 'DELIVERED', 'READ', 'FAILED', 'RECEIVED']),
  /** Set where nobody knows whether it went out, or where a takeover held it back. */
  note: z.enum(['unknown', 'dropped']).nullable(),
  error: z.object({ code: z.string(), reason: z.string(), remedy: nullable }).nullable(),
  trigger: z.unknown().nullable(),
  providerId: nullable,
  createdAt: z.string(),
  sentAt: nullable,
  deliveredAt: nullable,
  readAt: nullable,
});

export function presentMessage(row: MessageRow): z.infer<typeof MessageShape> {
  const { inbound, content } = row;
  const interactive =
    content && row.type === 'INTERACTIVE'
      ? content
      : inbound?.payload != null
        ? { payload: inbound.payload, title: inbound.text }
        : null;
  const status = statusOf(row);
  return {
    id: row._id,
    conversationId: row.conversation,
    contactId: row.contact,
    direction: row.direction,
    author: row.author,
    type: row.type,
    text: row.text,
    attachments: attachmentsOf(row),
    interactive,
    template: content?.kind === 'template' ? content : null,
    location: inbound?.location ?? (content?.kind === 'location' ? content : null),
    data: inbound?.data ?? null,
    replyTo: row.replyTo,
    forwarded: row.forwarded ?? false,
    editedAt: row.editedAt?.toISOString() ?? null,
    revokedAt: row.revokedAt?.toISOString() ?? null,
    pricing: row.pricing ?? null,
    status,
    note: row.unknown ? 'unknown' : row.dropped ? 'dropped' : null,
    error: row.error && SHOWS_ERROR.includes(status) ? { ...row.error, remedy: row.error.remedy ?? null } : null,
    trigger: row.trigger ?? null,
    providerId: row.providerIds[0] ?? null,
    createdAt: row.createdAt.toISOString(),
    sentAt: row.sentAt?.toISOString() ?? null,
    deliveredAt: row.deliveredAt?.toISOString() ?? null,
    readAt: row.readAt?.toISOString() ?? null,
  };
}

/** Any other id is the provider's own. */
const ourAddress = (mediaId: string | null): string | null =>
  mediaId?.startsWith('med_') ? `/api/media/${mediaId}` : null;

/** A message that was delivered after all has no error any more. */
const SHOWS_ERROR: readonly string[] = ['FAILED', 'RECEIVED'];

type Attachments = z.infer<typeof MessageShape>['attachments'];

function attachmentsOf({ files = [], inbound, content }: MessageRow): Attachments {
  if (files.length > 0) return files.map((file) => ({ ...file, url: `/api/media/${file.id}` }));
  const media = inbound?.media ?? null;
  if (!media) return sentFile(content);
  // Still with the provider, whose address needs the channel's key
  return [{ id: null, url: null, contentType: media.contentType, filename: media.filename, size: null }];
}

function sentFile(content: MessageRow['content']): Attachments {
  switch (content?.kind) {
    case 'image':
    case 'video':
    case 'audio':
    case 'document':
    case 'sticker': {
      const { url = null, mediaId = null } = content;
      const filename = content.kind === 'document' ? (content.filename ?? null) : null;
      return [{ id: mediaId, url: url ?? ourAddress(mediaId), contentType: null, filename, size: null }];
    }
    default:
      return [];
  }
}
