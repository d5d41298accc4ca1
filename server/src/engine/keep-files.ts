import type { InboundMessage } from '@parley/runtime';
import type { InboundFile } from '../channels/whatsapp/inbound.ts';
import type { Channel } from '../storage/channel.ts';
import type { MessageFile } from '../storage/messages.ts';

export interface KeepRequest {
  organization: string;
  channel: Channel;
  conversation: string;
  /** What the ids of the files are made of, with their places: the same request again keeps nothing new. */
  message: string;
  files: InboundFile[];
  /** `OUTBOUND`: the business sent them from its phone's own app. */
  direction?: 'INBOUND' | 'OUTBOUND';
}

/**
 * Notes files that a provider holds, so that they will be fetched. Resolves when that is stored, with our ids (`med_…`) in
 * the files' order, and the addresses under which whoever knows them may read the files.
 */
export type KeepFiles = (request: KeepRequest) => Promise<{ id: string; url?: string }[]>;

export const keepsNone: KeepFiles = async () => [];

/** The message as flows and people see it: with our own ids, which can be sent on and outlive the provider's. */
export async function withFiles(
  keep: KeepFiles,
  message: InboundMessage,
  request: KeepRequest,
): Promise<{ message: InboundMessage; files: MessageFile[] }> {
  if (request.files.length === 0) return { message, files: [] };
  const kept = await keep(request);
  const files = request.files.flatMap(({ contentType, filename }, index) => {
    const id = kept[index]?.id;
    return id === undefined ? [] : { id, contentType, filename, size: null };
  });
  const [first] = kept;
  if (!first || !message.media) return { message, files };
  return { message: { ...message, media: { ...message.media, id: first.id, url: first.url ?? null } }, files };
}
