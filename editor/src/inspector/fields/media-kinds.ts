const MB = 1024 * 1024; // bytes

/** What WhatsApp takes of each kind; the server turns HEIC, GIF, MOV, WEBM and WEBP into it. */
export const MEDIA_KINDS = {
  image: { most: 5 * MB, accept: 'image/*', types: /^image\// },
  video: { most: 16 * MB, accept: 'video/*', types: /^video\// },
  audio: { most: 16 * MB, accept: 'audio/*', types: /^(audio|video)\// },
  document: { most: 100 * MB, accept: '', types: /^/ },
  sticker: { most: 5 * MB, accept: 'image/webp,image/png,image/jpeg,image/gif', types: /^image\// },
} as const;
export type MediaKind = keyof typeof MEDIA_KINDS;

/** What a file is sent as where the kind is not known. */
export const mediaKindOf = (kind: unknown): MediaKind =>
  typeof kind === 'string' && Object.hasOwn(MEDIA_KINDS, kind) ? (kind as MediaKind) : 'image';

/** Why a file need not even be sent: it is of another kind, or more than can be made small enough. */
export function faultOf(
  kind: MediaKind,
  file: { type: string; size: number },
): 'wrongType' | 'tooLarge' | 'empty' | null {
  const { most, types } = MEDIA_KINDS[kind];
  if (file.size === 0) return 'empty';
  if (!types.test(file.type)) return 'wrongType';
  return file.size > most ? 'tooLarge' : null;
}

/** `12.4 MB`, `96 KB`. */
export const sizeWords = (bytes: number): string =>
  bytes >= MB ? `${(bytes / MB).toFixed(1).replace('.0', '')} MB` : `${Math.ceil(bytes / 1024)} KB`;
