import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import type { Media, MetaNumber } from '../network/model.ts';
import { sha256 } from '../network/network.ts';
import { authorized, metaNumbers, numberOf } from './authority.ts';
import { GraphError, noSuchObject } from './errors.ts';
import { isLive, mediaAddress } from './media-address.ts';
import { numberFields, pickFields } from './numbers.ts';
import type { MetaOptions } from './options.ts';
import { deleteTemplateById, templateShape } from './templates.ts';

const MB = 1024 * 1024; // bytes

/** What Meta takes, and how much of it. Source: Meta, "Media". */
const TYPES: [RegExp, number][] = [
  [/^audio\/(aac|amr|mpeg|mp4|ogg)$/, 16 * MB],
  [/^image\/(jpeg|png)$/, 5 * MB],
  [/^image\/webp$/, 0.5 * MB],
  [/^video\/(mp4|3gpp)$/, 16 * MB],
  [
    /^(text\/plain|application\/(pdf|msword|vnd\.ms-(excel|powerpoint)|vnd\.openxmlformats-officedocument\..+))$/,
    100 * MB,
  ],
];

type ById = FastifyRequest<{ Params: { id: string }; Querystring: { phone_number_id?: string; fields?: string } }>;

/** Uploads, and `/{id}`, which may be a file, a number, an account or a template. */
export const mediaRoutes: FastifyPluginAsync<MetaOptions> = async (app, { network, base }) => {
  app.post('/:id/media', async (request: FastifyRequest<{ Params: { id: string } }>) => {
    const number = numberOf(network, request, request.params.id);
    const fields: Record<string, string> = { ...(request.query as Record<string, string>) };
    let file: { bytes: Buffer; contentType: string; filename: string | null } | null = null;
    if (!request.isMultipart()) throw new GraphError(100, 'The parameter file is required.');
    for await (const part of request.parts()) {
      if (part.type === 'field') fields[part.fieldname] = String(part.value);
      else if (part.fieldname === 'file')
        file = { bytes: await part.toBuffer(), contentType: part.mimetype, filename: part.filename ?? null };
    }
    if (fields.messaging_product !== 'whatsapp')
      throw new GraphError(100, 'The parameter messaging_product is required.', {
        message: '(#100) The parameter messaging_product is required.',
      });
    if (!file) throw new GraphError(100, null, { message: '(#100) The parameter file is required.' });
    const given = fields.type?.includes('/') ? fields.type : file.contentType;
    const contentType = given.split(';', 1)[0]?.trim() ?? '';
    check(contentType, file.bytes.length);
    return { id: network.keepMedia(number, { ...file, contentType }).id };
  });

  app.get('/:id', async (request: ById) => {
    const { id } = request.params;
    const account = authorized(network, request);
    const file = network.media.get(id);
    const number = network.numbers.get(id);
    if (file && file.account === account.id) return fileShape(file, ownerOf(file));
    if (number?.provider === 'meta' && number.account === account)
      return pickFields(numberFields(number), request.query.fields, [
        'verified_name',
        'display_phone_number',
        'quality_rating',
      ]);
    const template = account.templates.find((one) => one.id === id);
    if (template) return pickFields(templateShape(template), request.query.fields, null);
    if (id === account.id)
      return pickFields(
        { id, name: 'Simulated account', currency: 'USD', timezone_id: '1', message_template_namespace: 'simulated' },
        request.query.fields,
        null,
      );
    if (id === account.appId) return { id, name: 'Simulated app', link: 'https://www.facebook.com/games/' };
    throw noSuchObject(request.method, id);
  });

  app.delete('/:id', async (request: ById) => {
    const { id } = request.params;
    const account = authorized(network, request);
    const file = network.media.get(id);
    if (deleteTemplateById(account, id)) return { success: true };
    if (!file || file.account !== account.id) throw noSuchObject(request.method, id);
    network.media.delete(id);
    return { success: true };
  });

  function ownerOf(file: Media): MetaNumber {
    const owner = metaNumbers(network).find(({ account }) => account.id === file.account);
    if (!owner) throw new Error('a file of no account');
    return owner;
  }

  const fileShape = (file: Media, owner: MetaNumber) => ({
    messaging_product: 'whatsapp',
    url: mediaAddress(owner, file, base(), network.clock.now(), 'getMedia'),
    mime_type: file.contentType,
    sha256: sha256(file.bytes).digest('hex'),
    file_size: file.bytes.length,
    id: file.id,
  });
};

function check(contentType: string, size: number): void {
  const most = TYPES.find(([pattern]) => pattern.test(contentType))?.[1];
  if (most === undefined)
    throw new GraphError(100, null, {
      message: `(#100) Param file must be a file with one of the following types: audio/aac, audio/mp4, audio/mpeg, audio/amr, audio/ogg, application/pdf, text/plain, image/jpeg, image/png, image/webp, video/mp4, video/3gpp. Received file of type '${contentType}'.`,
    });
  if (size > most) throw new GraphError(131053, `The file has ${size} bytes; ${contentType} holds at most ${most}.`);
  if (size === 0) throw new GraphError(131053, 'The file is empty.');
}

type Download = FastifyRequest<{ Querystring: { mid?: string; ext?: string; hash?: string } }>;

/** The files themselves. They lie on another host of Meta's, outside Graph, and want the same token. */
export const mediaHost: FastifyPluginAsync<MetaOptions> = async (app, { network }) => {
  app.get('/whatsapp_business/attachments/', async (request: Download, reply) => {
    const { mid = '', ext = '', hash = '' } = request.query;
    const file = network.media.get(mid);
    const owner = metaNumbers(network).find(({ account }) => account.id === file?.account);
    const token = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (!owner || token !== owner.account.accessToken) return reply.code(401).send();
    if (!file || !isLive(owner, { mid, ext, hash }, network.clock.now())) return reply.code(404).send();
    if (file.filename !== null)
      reply.header('content-disposition', `inline; filename*=UTF-8''${encodeURIComponent(file.filename)}`);
    return reply.type(file.contentType).send(file.bytes);
  });
};
