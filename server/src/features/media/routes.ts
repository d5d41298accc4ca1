import { rm } from 'node:fs/promises';
import multipart from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { MediaAddress } from '../../media/address.ts';
import type { Files } from '../../media/disk.ts';
import { MEDIA_KINDS } from '../../media/kinds.ts';
import type { Media, MediaStore } from '../../media/store.ts';
import type { TakeUpload } from '../../media/upload.ts';
import { fileNeeded, mediaNotFound, mediaReceived, storeFull } from '../../plugins/errors.ts';
import { answerFile } from './answer.ts';
import { type ReceivedFile, readForm } from './form.ts';

interface Options {
  media: Pick<MediaStore, 'find' | 'remove'>;
  files: Files;
  takeUpload: TakeUpload;
}

const tags = ['media'];
const params = z.object({ id: z.string() });
const flag = z.enum(['0', '1', 'true', 'false']).default('0');
const isSet = (value: string): boolean => value === '1' || value === 'true';

export const MediaShape = z.object({
  id: z.string(),
  contentType: z.string(),
  filename: z.string().nullable(),
  size: z.int().nullable(),
  url: z.string(),
  thumbnailUrl: z.string().nullable(),
  /** Seconds, of what is played. */
  duration: z.number().nullable(),
  width: z.int().nullable(),
  height: z.int().nullable(),
});

export const presentMedia = (media: Media): z.infer<typeof MediaShape> => {
  const { id, contentType, filename, size, thumbnailKey, duration, width, height } = media;
  const url = `/api/media/${id}`;
  const thumbnailUrl = thumbnailKey === null ? null : `${url}?thumbnail=1`;
  return { id, contentType, filename, size, url, thumbnailUrl, duration, width, height };
};

/** Files: uploads to be sent, and what customers sent. */
export const mediaRoutes: FastifyPluginAsyncZod<Options> = async (app, { media, files, takeUpload }) => {
  await app.register(multipart);
  const received = new WeakMap<FastifyRequest, ReceivedFile>();

  const upload = {
    consumes: ['multipart/form-data'],
    body: z.object({
      file: z.any().meta({ type: 'string', format: 'binary', description: 'The file.' }),
      as: z
        .enum(MEDIA_KINDS)
        .optional()
        .meta({ description: 'What it is to be sent as; else what it is by its bytes.' }),
    }),
    response: {
      201: MediaShape.extend({ note: z.string().nullable().meta({ description: 'What was changed, in words.' }) }),
    },
    tags,
    summary: 'Upload a file to be sent',
    description:
      'Turns GIF, HEIC, WEBP, MOV and WEBM recordings into what WhatsApp takes. 422 `attachment_type` or `attachment_too_large` ' +
      'where a file cannot be sent, in words. At most 100 MB.',
  };
  app.post(
    '',
    {
      config: { access: 'whatsapp_chat:send' },
      schema: upload,
      // Before the validation, so that the file is in the draft, and its check sum tells one request from another
      preValidation: async (request) => {
        const { body, file } = await readForm(request, files);
        received.set(request, file);
        request.body = body;
      },
      onResponse: async (request) => {
        const file = received.get(request);
        if (file) await rm(file.path, { force: true });
      },
      errorHandler: (error, request, reply) => {
        if (!request.raw.complete) reply.header('connection', 'close'); // the rest of a refused file is not waited for
        throw isDiskFull(error) ? storeFull() : error;
      },
    },
    async (request, reply) => {
      const file = received.get(request);
      if (!file) throw fileNeeded();
      const as = request.body.as ?? null;
      const { media: kept, note } = await takeUpload({ organization: request.caller.organization, ...file, as });
      const shown = presentMedia(kept);
      return reply
        .code(201)
        .header('location', shown.url)
        .send({ ...shown, note });
    },
  );

  const get = {
    params,
    querystring: z.object({ thumbnail: flag, download: flag }),
    tags,
    summary: 'The file itself',
    description:
      'With Range, ETag and `?thumbnail=1` (pictures only). 409 `media_pending` while it is fetched from the provider, 410 `media_gone` ' +
      'with the reason where that cannot be done any more.',
  };
  app.get('/:id', { config: { access: 'whatsapp_chat:view' }, schema: get }, async (request, reply) => {
    const found = await media.find(request.caller.organization, request.params.id);
    if (!found) throw mediaNotFound();
    const { thumbnail, download } = request.query;
    return answerFile(request, reply, files, found, { thumbnail: isSet(thumbnail), download: isSet(download) });
  });

  const remove = { params, response: { 204: z.undefined() }, tags, summary: 'Remove an upload' };
  app.delete('/:id', { config: { access: 'whatsapp_chat:send' }, schema: remove }, async (request, reply) => {
    const { organization } = request.caller;
    const found = await media.find(organization, request.params.id);
    if (!found) throw mediaNotFound();
    if (found.message !== null) throw mediaReceived();
    // The files first: what stays behind when that fails can be named, and removed by asking again
    for (const key of [found.key, found.thumbnailKey]) if (key !== null) await files.remove(key);
    await media.remove(organization, found.id);
    return reply.code(204).send();
  });
};

/** `/media/<id>/<last day>/<signature>`: for providers, which know no sessions. Only that one file, only as long as signed. */
export const signedMediaRoutes: FastifyPluginAsyncZod<{
  media: Pick<MediaStore, 'findSigned'>;
  files: Pick<Files, 'read'>;
  address: Pick<MediaAddress, 'isValid'>;
}> = async (app, { media, files, address }) => {
  const signed = {
    params: z.object({ id: z.string(), day: z.string(), signature: z.string() }),
    hide: true,
  };
  app.get('/:id/:day/:signature', { schema: signed }, async (request, reply) => {
    const { id, day, signature } = request.params;
    const found = address.isValid(id, day, signature) ? await media.findSigned(id) : null;
    if (!found) throw mediaNotFound();
    return answerFile(request, reply, files, found, { thumbnail: false, download: false });
  });
};

function isDiskFull(error: unknown): boolean {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    if ('code' in at && at.code === 'ENOSPC') return true;
  }
  return false;
}
