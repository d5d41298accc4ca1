import { stat } from 'node:fs/promises';
import { extensionIn } from '../filename.ts';
import { ACCEPTED_WORDS, extensionOf, kindOf, MAX_BYTES, sizeWords } from '../kinds.ts';
import { facts, type Job, type JobEnd, refused } from './job.ts';
import { fitPicture, isPicture, lookAtPicture } from './picture.ts';
import { sniff } from './sniff.ts';
import { fitTracks, hasTracks, lookAtTracks } from './tracks.ts';

/** One piece of work on a stranger's file; runs in a process of its own. */
export async function work(job: Job): Promise<JobEnd> {
  const contentType = await sniff(job.path, job.filename);
  if (job.kind === 'fit') return fit(job, contentType);
  const seen = isPicture(contentType)
    ? await lookAtPicture(job.path, contentType, job.thumbnail)
    : hasTracks(contentType) && (await lookAtTracks(job.path, contentType));
  return { kind: 'done', facts: seen || facts(contentType), made: false, note: null };
}

async function fit(job: Extract<Job, { kind: 'fit' }>, contentType: string): Promise<JobEnd> {
  const end = await fitByType(job, contentType);
  if (end.kind !== 'done' || job.as === null || kindOf(end.facts.contentType) === job.as) return end;
  return refused(`This file is ${aKind(end.facts.contentType)}, not ${article(job.as)}. ${ACCEPTED_WORDS}`);
}

async function fitByType(
  { path, to, thumbnail, as, filename }: Extract<Job, { kind: 'fit' }>,
  contentType: string,
): Promise<JobEnd> {
  if (isPicture(contentType)) return fitPicture({ path, to, thumbnail, contentType, as });
  if (hasTracks(contentType)) return fitTracks(path, to, contentType);
  const kind = kindOf(contentType);
  if (!kind) return refused(`${whatItIs(contentType, filename)} cannot be sent. ${ACCEPTED_WORDS}`);
  const { size } = await stat(path);
  const limit = MAX_BYTES[kind];
  if (size > limit)
    return refused(
      `WhatsApp takes ${sizeWords(limit)} of this kind; this file has ${sizeWords(size)}.`,
      'attachment_too_large',
    );
  return { kind: 'done', facts: facts(contentType), made: false, note: null };
}

const article = (kind: string): string => `${/^[aeiou]/.test(kind) ? 'an' : 'a'} ${kind}`;
const aKind = (contentType: string): string => article(kindOf(contentType) ?? 'file of another kind');

/** Also tells when the name says something else than the bytes. */
function whatItIs(contentType: string, filename: string | null): string {
  const extension = extensionIn(filename);
  if (contentType === 'application/octet-stream') return 'A file that nobody can tell what it is';
  const lies = extension !== '' && !contentType.includes(extension) && extensionOf(contentType) !== extension;
  return `A file of the type ${contentType}${lies ? ` (its name ends in .${extension}, its bytes say otherwise)` : ''}`;
}
