/** What WhatsApp takes, by kind. Source: Meta Cloud API, "Media" (supported types and sizes); Twilio, "WhatsApp media". */
export const MEDIA_KINDS = ['image', 'video', 'audio', 'document', 'sticker'] as const;
export type MediaKind = (typeof MEDIA_KINDS)[number];

const MB = 1024 * 1024; // bytes
export const MAX_STILL_STICKER = 100 * 1024; // bytes
export const MAX_MOVING_STICKER = 500 * 1024; // bytes
/** The side of a sticker, in pixels. */
export const STICKER_SIDE = 512;

/** Bytes; a sticker that does not move takes less, see MAX_STILL_STICKER. */
export const MAX_BYTES: Record<MediaKind, number> = {
  image: 5 * MB,
  video: 16 * MB,
  audio: 16 * MB,
  document: 100 * MB,
  sticker: MAX_MOVING_STICKER,
};
/** Twilio: no file of any kind may be larger on WhatsApp. Bytes. */
export const TWILIO_MAX_BYTES = 16 * MB;
/** The largest of all: what is longer is not read to its end. Bytes. */
export const MAX_FILE = MAX_BYTES.document;

const OFFICE = 'application/vnd.openxmlformats-officedocument';

/** Content type to the kind that it goes out as, and the ending that its name gets. */
const TYPES: Readonly<Record<string, { kind: MediaKind; extension: string }>> = {
  'image/jpeg': { kind: 'image', extension: 'jpg' },
  'image/png': { kind: 'image', extension: 'png' },
  'image/webp': { kind: 'sticker', extension: 'webp' },
  'video/mp4': { kind: 'video', extension: 'mp4' },
  'video/3gpp': { kind: 'video', extension: '3gp' },
  'audio/aac': { kind: 'audio', extension: 'aac' },
  'audio/amr': { kind: 'audio', extension: 'amr' },
  'audio/mpeg': { kind: 'audio', extension: 'mp3' },
  'audio/mp4': { kind: 'audio', extension: 'm4a' },
  'audio/ogg': { kind: 'audio', extension: 'ogg' },
  'text/plain': { kind: 'document', extension: 'txt' },
  'application/pdf': { kind: 'document', extension: 'pdf' },
  'application/msword': { kind: 'document', extension: 'doc' },
  'application/vnd.ms-excel': { kind: 'document', extension: 'xls' },
  'application/vnd.ms-powerpoint': { kind: 'document', extension: 'ppt' },
  [`${OFFICE}.wordprocessingml.document`]: { kind: 'document', extension: 'docx' },
  [`${OFFICE}.spreadsheetml.sheet`]: { kind: 'document', extension: 'xlsx' },
  [`${OFFICE}.presentationml.presentation`]: { kind: 'document', extension: 'pptx' },
};

export const ACCEPTED_TYPES: readonly string[] = Object.keys(TYPES);

/** For people: what can be sent, and how large it may be. */
export const ACCEPTED_WORDS =
  'WhatsApp takes images (JPEG, PNG; 5 MB), videos (MP4, 3GP; 16 MB), audio (AAC, AMR, MP3, M4A, OGG with Opus; 16 MB), ' +
  'documents (PDF, Word, Excel, PowerPoint, plain text; 100 MB) and stickers (WEBP; 100 KB, moving ones 500 KB). ' +
  'Parley turns GIF, HEIC, WEBP, MOV and WEBM recordings into these where it can.';

export const kindOf = (contentType: string): MediaKind | null => TYPES[contentType]?.kind ?? null;
export const extensionOf = (contentType: string): string | null => TYPES[contentType]?.extension ?? null;

/** Whether a file of this type can stand where a message wants such a kind. A webp is no image: WhatsApp refuses it there. */
export const fitsKind = (contentType: string, kind: MediaKind): boolean => kindOf(contentType) === kind;

/** `12.4 MB`, `96 KB`: for people. */
export const sizeWords = (bytes: number): string =>
  bytes >= MB ? `${(bytes / MB).toFixed(1).replace('.0', '')} MB` : `${Math.ceil(bytes / 1024)} KB`;
