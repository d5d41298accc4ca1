import type { z } from 'zod';
import type { Media } from '../../media/store.ts';
import type { MessageShape } from './shapes.ts';

type Message = z.infer<typeof MessageShape>;

/** Files as they are by now: what they turned out to be, how large, and whether they are here. One look-up a page. */
export async function attachFiles(
  messages: Message[],
  find: (ids: readonly string[]) => Promise<Media[]>,
): Promise<Message[]> {
  const ids = new Set(messages.flatMap(({ attachments }) => attachments.flatMap(({ id }) => id ?? [])));
  const known = new Map((await find([...ids])).map((file) => [file.id, file]));
  return messages.map((message) => ({
    ...message,
    attachments: message.attachments.map((one) => {
      const file = known.get(one.id ?? '');
      if (!file) return one;
      const { contentType, filename, size, state, reason } = file;
      return { ...one, contentType, filename: filename ?? one.filename, size, state, reason };
    }),
  }));
}
