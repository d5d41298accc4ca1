import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { FileGone, type Files, type Range } from '../../media/disk.ts';
import { disposition, withExtension } from '../../media/filename.ts';
import type { Media } from '../../media/store.ts';
import { mediaGone, mediaNotFound, mediaPending } from '../../plugins/errors.ts';

/** A browser may show these where they stand; everything else is saved. What could run as a page is not among them. */
const SHOWN = [
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/gif',
  'audio/aac',
  'audio/amr',
  'audio/mpeg',
  'audio/mp4',
  'audio/ogg',
  'audio/wav',
  'audio/webm',
  'video/mp4',
  'video/3gpp',
  'video/webm',
  'video/quicktime',
];
/** Served without their name: a reader that believes the name and not the headers still runs nothing. */
const PAGES = /html|xml|svg|script|css|xsl|mhtml|multipart|x-shockwave/i;
/** Opened by itself, the file is an origin of its own, without scripts and without a way to ours. */
const FENCE = "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox";
const LOOK_AGAIN = 5; // seconds until a file that is being fetched may be here

interface Asked {
  thumbnail: boolean;
  download: boolean;
}

/** The file itself, whole or in the part that was asked for; or in words why there is none. */
export async function answerFile(
  request: FastifyRequest,
  reply: FastifyReply,
  files: Pick<Files, 'read'>,
  media: Media,
  { thumbnail, download }: Asked,
) {
  if (media.state === 'pending') throw mediaPending(LOOK_AGAIN);
  if (media.state !== 'ready' || media.key === null || media.size === null)
    throw mediaGone(media.reason ?? 'The file is not here.');
  const key = thumbnail ? media.thumbnailKey : media.key;
  if (key === null) throw mediaNotFound();
  const etag = `"${media.sha256}${thumbnail ? '-thumbnail' : ''}"`;
  reply.headers({
    etag,
    'cache-control': 'private, max-age=86400', // what an id names never changes
    'content-security-policy': FENCE,
    'x-content-type-options': 'nosniff',
    'content-disposition': dispositionOf(media, thumbnail, download),
  });
  if (isKnown(request.headers['if-none-match'], etag)) return reply.code(304).send();
  reply.type(thumbnail ? 'image/webp' : servedType(media.contentType));
  if (thumbnail) return send(request, reply, files, key);
  reply.header('accept-ranges', 'bytes');
  const unchanged = [undefined, etag].includes(request.headers['if-range'] as string | undefined);
  const range = unchanged ? rangeOf(request.headers.range, media.size) : null;
  if (range === 'unsatisfiable') return reply.code(416).header('content-range', `bytes */${media.size}`).send();
  if (range === null) {
    reply.header('content-length', media.size);
    return send(request, reply, files, key);
  }
  reply.code(206).header('content-range', `bytes ${range.start}-${range.end}/${media.size}`);
  reply.header('content-length', range.end - range.start + 1);
  return send(request, reply, files, key, range);
}

async function send(
  request: FastifyRequest,
  reply: FastifyReply,
  files: Pick<Files, 'read'>,
  key: string,
  range?: Range,
) {
  // An empty stream, not an empty text: that would announce a length of zero
  if (request.method === 'HEAD') return reply.send(Readable.from([]));
  try {
    return reply.send(await files.read(key, range));
  } catch (error) {
    for (const name of ['content-length', 'content-range', 'etag', 'cache-control', 'content-disposition'])
      reply.removeHeader(name);
    if (error instanceof FileGone) throw mediaGone('The file is no longer on the server.');
    throw error;
  }
}

function dispositionOf({ contentType, filename, id }: Media, thumbnail: boolean, download: boolean): string {
  const name = filename ?? id;
  if (thumbnail) return disposition(download ? 'attachment' : 'inline', withExtension(name, 'webp'));
  return disposition(SHOWN.includes(contentType) && !download ? 'inline' : 'attachment', name);
}

function servedType(contentType: string): string {
  if (SHOWN.includes(contentType)) return contentType;
  if (contentType === 'text/plain') return 'text/plain; charset=utf-8';
  return PAGES.test(contentType) && !contentType.includes('officedocument') ? 'application/octet-stream' : contentType;
}

const isKnown = (header: string | undefined, etag: string): boolean =>
  (header ?? '')
    .split(',')
    .map((one) => one.trim().replace(/^W\//, ''))
    .some((one) => one === etag || one === '*');

/** One range; several, or what is none, count as not asked for (RFC 9110, 14.2). */
export function rangeOf(header: string | undefined, size: number): Range | 'unsatisfiable' | null {
  const [, from = '', to = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '') ?? [];
  if (from === '' && to === '') return null;
  if (from === '') {
    const length = Math.min(Number(to), size);
    return length === 0 ? 'unsatisfiable' : { start: size - length, end: size - 1 };
  }
  const start = Number(from);
  const end = to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (to !== '' && Number(to) < start) return null;
  return start >= size ? 'unsatisfiable' : { start, end };
}
