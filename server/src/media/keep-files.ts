import type { KeepFiles } from '../engine/keep-files.ts';
import { derivedId } from '../storage/ids.ts';
import { safeFilename } from './filename.ts';
import { MEDIA_ID, type MediaStore, mediaRow } from './store.ts';

interface Deps {
  media: Pick<MediaStore, 'add' | 'find'>;
  now: () => Date;
  addressOf(id: string): string;
  /** Something is to be fetched. */
  wake(): void;
}

const MAX_FILES = 16; // of one message; providers send one, and a webhook may hold a thousand messages
const MAX_TEXT = 2_000; // characters of an address or an id, longer than any that a provider makes

/** Writes down which files a message has, to be fetched soon. The same message again changes nothing. */
export function createKeepFiles({ media, now, addressOf, wake }: Deps): KeepFiles {
  return async ({ organization, channel, conversation, message, files, direction = 'INBOUND' }) => {
    const kept: { id: string; url: string }[] = [];
    for (const [index, file] of files.slice(0, MAX_FILES).entries()) {
      const own = channel.provider === 'simulator' && file.id !== null && MEDIA_ID.test(file.id) ? file.id : null;
      // On a trial's phone a person sends what was uploaded here: there is nothing to fetch
      if (own !== null && (await media.find(organization, own))) {
        kept.push({ id: own, url: addressOf(own) });
        continue;
      }
      const id = derivedId('med', `${message}:${index}`);
      await media.add(
        mediaRow({
          _id: id,
          organization,
          channel: channel.id,
          conversation,
          message,
          direction,
          providerId: short(file.id),
          providerUrl: short(file.url),
          contentType: typeOf(file.contentType),
          declaredType: short(file.contentType),
          filename: safeFilename(file.filename),
          sha256: short(file.sha256),
          voice: file.voice,
          animated: file.animated,
          nextAt: now(),
          createdAt: now(),
        }),
      );
      kept.push({ id, url: addressOf(id) });
    }
    if (kept.length > 0) wake();
    return kept;
  };
}

const short = (text: string | null): string | null => (text !== null && text.length <= MAX_TEXT ? text : null);

/** What the provider says it is, until the bytes tell. */
function typeOf(declared: string | null): string {
  const type = declared?.split(';')[0]?.trim().toLowerCase() ?? '';
  return /^[\w.+-]{1,60}\/[\w.+-]{1,90}$/.test(type) ? type : 'application/octet-stream';
}
