import { rm, stat } from 'node:fs/promises';
import { attachmentRefused } from '../plugins/errors.ts';
import type { Files } from './disk.ts';
import { safeFilename, withExtension } from './filename.ts';
import { hashOf, keysOf } from './keys.ts';
import { ACCEPTED_WORDS, extensionOf, type MediaKind } from './kinds.ts';
import { type Media, type MediaStore, mediaRow } from './store.ts';
import { encodeGif, findEncoder } from './workshop/encoder.ts';
import { facts, type JobEnd } from './workshop/job.ts';
import { WorkFailed, type Workshop } from './workshop/workshop.ts';

interface Deps {
  media: Pick<MediaStore, 'add'>;
  files: Files;
  workshop: Pick<Workshop, 'run'>;
  newId: (prefix: string) => string;
  now: () => Date;
  /** Where ffmpeg lies; null where there is none. */
  encoder?: () => Promise<string | null>;
}

export interface Upload {
  organization: string;
  /** Where the bytes lie; whoever wrote them there removes them. */
  path: string;
  filename: string | null;
  declaredType: string | null;
  as: MediaKind | null;
}

const NO_ENCODER =
  'A moving GIF goes out as a video, which needs ffmpeg on the server, and there is none. Send an MP4, or a GIF that does not move.';

export type TakeUpload = ReturnType<typeof createTakeUpload>;

/** One film at a time: each takes every core, and a hundred small uploads at once would take them from everybody else. */
function oneByOne<Given extends unknown[], Made>(work: (...given: Given) => Promise<Made>) {
  let last: Promise<unknown> = Promise.resolve();
  return (...given: Given): Promise<Made> => {
    const made = last.then(() => work(...given));
    last = made.catch(() => {});
    return made;
  };
}
const encodeOneByOne = oneByOne(encodeGif);

/**
 * Keeps a file that is to be sent, as WhatsApp takes it: what it cannot take is turned into what it can, or refused with
 * 422 `attachment_type` or `attachment_too_large`. `note` tells what was changed.
 */
export function createTakeUpload({ media, files, workshop, newId, now, encoder = findEncoder }: Deps) {
  return async function takeUpload(upload: Upload): Promise<{ media: Media; note: string | null }> {
    const [to, thumbnail] = [files.draft(), files.draft()];
    try {
      const end = await fit(upload, to, thumbnail);
      if (end.kind === 'refused') throw attachmentRefused(end.code, end.words);
      if (end.kind === 'needs-encoder') throw attachmentRefused('attachment_type', NO_ENCODER);
      return { media: await keep(upload, end, end.made ? to : upload.path, thumbnail), note: end.note };
    } finally {
      await Promise.all([rm(to, { force: true }), rm(thumbnail, { force: true })]);
    }
  };

  async function fit({ path, filename, as }: Upload, to: string, thumbnail: string): Promise<JobEnd> {
    let end: JobEnd;
    try {
      end = await workshop.run({ kind: 'fit', path, to, thumbnail, filename, as });
    } catch (error) {
      if (!(error instanceof WorkFailed)) throw error;
      throw attachmentRefused('attachment_type', `This file cannot be read. ${ACCEPTED_WORDS}`);
    }
    if (end.kind !== 'needs-encoder') return end;
    const program = await encoder();
    if (program === null) return end;
    if (as !== null && as !== 'video') throw attachmentRefused('attachment_type', 'A moving GIF goes out as a video.');
    if (!(await encodeOneByOne(program, path, to)))
      throw attachmentRefused('attachment_type', 'This GIF could not be made into a video. Send an MP4.');
    return {
      kind: 'done',
      facts: facts('video/mp4', { animated: true }),
      made: true,
      note: 'GIF was turned into MP4.',
    };
  }

  async function keep(
    { organization, filename, declaredType }: Upload,
    { facts: { thumbnail: pictured, ...seen }, made }: Extract<JobEnd, { kind: 'done' }>,
    path: string,
    thumbnail: string,
  ): Promise<Media> {
    const id = newId('med');
    const keys = keysOf(organization, id);
    const { size } = await stat(path);
    const { _id, ...row } = mediaRow({
      _id: id,
      organization,
      direction: 'OUTBOUND',
      ...seen,
      declaredType,
      filename: nameOf(filename, seen.contentType, made),
      size,
      sha256: await hashOf(path),
      state: 'ready',
      key: keys.file,
      thumbnailKey: pictured ? keys.thumbnail : null,
      createdAt: now(),
    });
    try {
      await files.put(keys.file, path);
      if (pictured) await files.put(keys.thumbnail, thumbnail);
      await media.add({ _id, ...row });
    } catch (error) {
      // Nobody would ever find them again
      await Promise.allSettled([files.remove(keys.file), files.remove(keys.thumbnail)]);
      throw error;
    }
    return { ...row, id };
  }
}

/** As it was called, but never with an ending that lies about what it is. */
function nameOf(filename: string | null, contentType: string, made: boolean): string {
  const name = safeFilename(filename);
  const extension = extensionOf(contentType) ?? 'bin';
  if (name === null) return `file.${extension}`;
  const honest = !made && (HONEST[contentType] ?? [extension]).some((one) => name.toLowerCase().endsWith(`.${one}`));
  return honest ? name : withExtension(name, extension);
}

/** Types whose files go by several endings. */
const HONEST: Readonly<Record<string, readonly string[]>> = {
  'image/jpeg': ['jpg', 'jpeg', 'jpe', 'jfif'],
  'audio/ogg': ['ogg', 'oga', 'opus'],
  'audio/mp4': ['m4a', 'mp4'],
  'video/mp4': ['mp4', 'm4v'],
  'text/plain': ['txt', 'csv', 'tsv', 'log', 'md', 'ics', 'json'],
};
