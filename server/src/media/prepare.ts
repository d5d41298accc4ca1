import { isObject, OutboundContent, providerContent } from '@parley/runtime';
import { type Prepare, type Prepared, UNSUPPORTED } from '../channels/whatsapp/gateway.ts';
import type { uploadMedia } from '../channels/whatsapp/meta/media.ts';
import { isPublicAddress } from '../services/http.ts';
import type { ChannelWithSecrets, MetaChannel } from '../storage/channel.ts';
import { FileGone, type Files } from './disk.ts';
import { fitsKind, kindOf, MEDIA_KINDS, type MediaKind, sizeWords, TWILIO_MAX_BYTES } from './kinds.ts';
import type { Media, MediaStore } from './store.ts';

type Problem = Exclude<Prepared, { kind: 'ready' }>;
type UploadToMeta = (
  channel: MetaChannel,
  file: Parameters<typeof uploadMedia>[2],
  signal: AbortSignal,
) => ReturnType<typeof uploadMedia>;

interface Deps {
  media: Pick<MediaStore, 'find' | 'keepProviderId'>;
  files: Pick<Files, 'local'>;
  /** The address at which a provider may fetch the file. */
  addressOf(id: string): string;
  publicUrl: string;
  twilioApiUrl: string;
  uploadToMeta: UploadToMeta;
  now: () => Date;
}

const OURS = /^med_/; // any other id is the provider's own
const KEPT_BY_META = 29 * 24 * 3_600_000; // ms; Meta keeps an upload for 30 days

const refused = (code: string, reason: string): Problem => ({ kind: 'refused', code, reason });

/** Carries a problem out of the walk through a content. */
class Stop extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.reason);
    this.problem = problem;
  }
}

/**
 * Makes a content fit for its provider: files of ours (`mediaId: 'med_…'`, wherever they stand) become Meta's own id, or
 * for Twilio a signed address; then what the provider lacks becomes something else. A file's address (`url`) stays.
 */
export function createPrepare(deps: Deps): Prepare {
  return async (channel, content, { language, signal }) => {
    try {
      const filled = await fillIn(deps, channel, content, signal);
      const made = providerContent(filled, channel.provider, language);
      if ('unsupported' in made) return refused(UNSUPPORTED, made.unsupported);
      return { kind: 'ready', content: made.content };
    } catch (error) {
      if (error instanceof Stop) return error.problem;
      return {
        kind: 'later',
        code: 'media_unavailable',
        reason: 'The file could not be read just now.',
        afterSeconds: 10,
      };
    }
  };
}

async function fillIn(
  deps: Deps,
  channel: ChannelWithSecrets,
  content: OutboundContent,
  signal: AbortSignal,
): Promise<OutboundContent> {
  if (!names(content)) return content;
  const filled = await walk(content, '');
  const read = OutboundContent.safeParse(filled);
  if (!read.success) throw new Stop(refused('invalid_content', read.error.issues[0]?.message ?? 'It cannot be sent.'));
  return read.data;

  async function walk(value: unknown, path: string): Promise<unknown> {
    if (Array.isArray(value)) return Promise.all(value.map((one, index) => walk(one, `${path}/${index}`)));
    if (!isObject(value)) return value;
    const entries = await Promise.all(
      Object.entries(value).map(async ([name, one]) => [name, await walk(one, `${path}/${name}`)] as const),
    );
    const copy = Object.fromEntries(entries);
    const { mediaId } = value;
    if (typeof mediaId !== 'string' || !OURS.test(mediaId)) return copy;
    return { ...copy, ...(await replace(deps, channel, mediaId, value, `${path}/mediaId`, signal)) };
  }
}

const names = (value: unknown): boolean =>
  isObject(value) || Array.isArray(value)
    ? Object.entries(value).some(
        ([name, one]) => (name === 'mediaId' && typeof one === 'string' && OURS.test(one)) || names(one),
      )
    : false;

/** What stands in the place of one `mediaId` of ours, and beside it. */
async function replace(
  deps: Deps,
  channel: ChannelWithSecrets,
  id: string,
  holder: Record<string, unknown>,
  field: string,
  signal: AbortSignal,
): Promise<Record<string, unknown>> {
  const file = await deps.media.find(channel.organization, id);
  if (!file) throw new Stop(refused('media_not_found', `${field}: there is no file ${id}. Upload it again.`));
  check(file, holder, field);
  const beside = besides(file, holder);
  switch (channel.provider) {
    case 'meta':
      return { ...beside, mediaId: await idAtMeta(deps, channel, file, signal) };
    case 'twilio':
      return { ...beside, mediaId: undefined, url: addressFor(deps, file, field) };
    case 'simulator':
      return beside;
  }
}

function check(file: Media, holder: Record<string, unknown>, field: string): void {
  if (file.state === 'pending')
    throw new Stop({
      kind: 'later',
      code: 'media_pending',
      reason: 'The file is still being fetched.',
      afterSeconds: 10,
    });
  if (file.state !== 'ready' || file.key === null)
    throw new Stop(refused('media_gone', `${field}: ${file.reason ?? 'the file is not here.'}`));
  const wanted = MEDIA_KINDS.find((kind) => kind === holder.kind);
  const kind = kindOf(file.contentType);
  const fits = wanted ? fitsKind(file.contentType, wanted) : kind !== null && kind !== 'audio' && kind !== 'sticker';
  if (!fits)
    throw new Stop(
      refused('attachment_type', `${field}: this file is ${file.contentType}, and cannot go out as ${aKind(wanted)}.`),
    );
  // Meta: a voice note is ogg with Opus; whatever else is shown as a file
  if (holder.voice === true && file.contentType !== 'audio/ogg')
    throw new Stop(
      refused('attachment_type', `${field}: a voice note is OGG with Opus; this file is ${file.contentType}.`),
    );
}

const aKind = (kind: MediaKind | undefined): string =>
  kind === undefined ? 'the header of a template' : `${/^[aeiou]/.test(kind) ? 'an' : 'a'} ${kind}`;

/** A document is called on the phone what it was called here; a template's header does not say by itself what it shows. */
function besides({ filename, contentType }: Media, holder: Record<string, unknown>): Record<string, unknown> {
  const kind = kindOf(contentType);
  return {
    ...(holder.kind === undefined && holder.mediaKind === undefined && { mediaKind: kind }),
    ...(kind === 'document' && holder.filename === undefined && filename !== null && { filename }),
  };
}

async function idAtMeta(deps: Deps, channel: MetaChannel, file: Media, signal: AbortSignal): Promise<string> {
  const { media, files, uploadToMeta, now } = deps;
  const known = file.providerIds[channel.id];
  if (known && known.until > now()) return known.id;
  if (!channel.secrets)
    throw new Stop(
      refused(
        'whatsapp_not_configured',
        'WhatsApp is not configured for this organization: the channel has no access token.',
      ),
    );
  const local = await files.local(file.key ?? '').catch((error: unknown) => {
    throw error instanceof FileGone ? new Stop(refused('media_gone', 'The file is no longer on the server.')) : error;
  });
  try {
    const given = { path: local.path, contentType: file.contentType, filename: file.filename ?? file.id };
    const end = await uploadToMeta(channel, given, signal);
    if (end.kind !== 'uploaded') throw new Stop(end);
    const until = new Date(now().getTime() + KEPT_BY_META);
    await media.keepProviderId(channel.organization, file.id, channel.id, { id: end.id, until });
    return end.id;
  } finally {
    await local.done();
  }
}

/** Twilio fetches the file itself: it must be able to reach us, and takes no more than 16 MB. */
function addressFor({ addressOf, publicUrl, twilioApiUrl }: Deps, file: Media, field: string): string {
  if ((file.size ?? 0) > TWILIO_MAX_BYTES)
    throw new Stop(
      refused(
        'attachment_too_large',
        `${field}: Twilio takes files of ${sizeWords(TWILIO_MAX_BYTES)}; this one has ${sizeWords(file.size ?? 0)}.`,
      ),
    );
  // A simulated Twilio on this machine reaches whatever this machine does
  if (!isInside(twilioApiUrl) && isInside(publicUrl))
    throw new Stop(
      refused(
        'public_url',
        'Twilio fetches files from PUBLIC_URL, which cannot be reached from outside. Set PUBLIC_URL to a public https address.',
      ),
    );
  return addressOf(file.id);
}

function isInside(url: string): boolean {
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '');
  if (host === 'localhost' || host.endsWith('.localhost') || host.endsWith('.local')) return true;
  return /^[\d.]+$|:/.test(host) && !isPublicAddress(host);
}
