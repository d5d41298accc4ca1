import { rm } from 'node:fs/promises';
import type { MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import type { Files } from '../../media/disk.ts';
import { ACCEPTED_WORDS, MAX_FILE, type MediaKind, sizeWords } from '../../media/kinds.ts';
import { FileTooLarge, receive } from '../../media/receive.ts';
import { AppError, attachmentRefused, badRequest, fileNeeded, notAForm } from '../../plugins/errors.ts';

/** A file as it came, in a draft that goes when the answer is out. */
export interface ReceivedFile {
  path: string;
  filename: string;
  declaredType: string;
}

/** What the form said, as the route's schema reads it: the same file with the same words is the same request. */
export interface FormBody {
  file: { filename: string; size: number; sha256: string };
  /** As the form says it; the schema of the route checks it after this. */
  as?: MediaKind;
}

const LIMITS = { files: 1, fields: 5, parts: 6, fieldSize: 200, fieldNameSize: 100, headerPairs: 50 };

/** Reads the one file of a form into a draft. Throws in words what is wrong with the form. */
export async function readForm(
  request: FastifyRequest,
  files: Pick<Files, 'draft'>,
): Promise<{ body: FormBody; file: ReceivedFile }> {
  if (!request.isMultipart()) throw notAForm();
  const fields: Record<string, unknown> = {};
  let found: { body: FormBody; file: ReceivedFile } | null = null;
  try {
    // One byte more than allowed: what is exactly as long as it may be is not cut
    for await (const part of request.parts({ limits: { ...LIMITS, fileSize: MAX_FILE + 1 } })) {
      if (part.type === 'field') fields[part.fieldname] = part.value;
      else if (part.fieldname === 'file') found = await keepDraft(part, files.draft());
      else throw fileNeeded();
    }
    if (!found) throw fileNeeded();
    return { body: { ...fields, ...found.body }, file: found.file };
  } catch (error) {
    if (found) await rm(found.file.path, { force: true });
    throw formProblem(error);
  }
}

async function keepDraft(part: MultipartFile, path: string) {
  try {
    const { size, sha256 } = await receive(part.file, path, MAX_FILE);
    if (size === 0) throw attachmentRefused('attachment_type', `The file is empty. ${ACCEPTED_WORDS}`);
    const { filename = '', mimetype } = part;
    return {
      body: { file: { filename, size, sha256: sha256.toString('hex') } },
      file: { path, filename, declaredType: mimetype.slice(0, 200) },
    };
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}

function formProblem(error: unknown): unknown {
  if (error instanceof AppError) return error;
  if (error instanceof FileTooLarge)
    return attachmentRefused('attachment_too_large', `A file may have ${sizeWords(MAX_FILE)}. ${ACCEPTED_WORDS}`);
  // Of the disk, not of the form
  if (error instanceof Error && 'syscall' in error) return error;
  return badRequest('The form cannot be read. Send one field "file", and no more than a few short fields beside it.');
}
