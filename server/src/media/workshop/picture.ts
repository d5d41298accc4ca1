import { open, stat, writeFile } from 'node:fs/promises';
import sharp, { type Metadata, type Sharp } from 'sharp';
import { MAX_BYTES, MAX_MOVING_STICKER, MAX_STILL_STICKER, type MediaKind, STICKER_SIDE, sizeWords } from '../kinds.ts';
import { readHeic } from './heic.ts';
import { type Facts, facts, type JobEnd, refused } from './job.ts';

/** More is a decompression bomb: a phone's largest photo has 200 megapixels and is never sent whole. */
const MAX_PIXELS = 100_000_000;
const MAX_CANVAS = 25_000_000; // pixels of a moving GIF: each frame of it takes four bytes a pixel in the encoder
const THUMBNAIL_SIDE = 320; // pixels
const QUALITIES = [85, 75, 65]; // tried one after the other until the picture is small enough
const SHRINK = 0.75; // of the side, once no quality helps
const SMALLEST = 200; // pixels; smaller than that nobody would want to see it

// Only what is named: a library of pictures reads dozens of formats, and each is a door
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['VipsForeignLoadJpeg', 'VipsForeignLoadPng', 'VipsForeignLoadWebp', 'VipsForeignLoadNsgif'],
});
sharp.cache(false);
sharp.concurrency(1);

export const PICTURES = ['image/jpeg', 'image/png', 'image/webp', 'image/gif'];
const HEIC = ['image/heic', 'image/heif', 'image/heic-sequence', 'image/heif-sequence'];
export const isPicture = (contentType: string): boolean => PICTURES.includes(contentType) || HEIC.includes(contentType);

const openPicture = (path: string | Buffer, pages = 1): Sharp =>
  sharp(path, { limitInputPixels: MAX_PIXELS, failOn: 'error', pages });

/** Size and thumbnail of a picture that came in. Null where it cannot be read: it is kept all the same. */
export async function lookAtPicture(path: string, contentType: string, thumbnail: string): Promise<Facts | null> {
  if (!PICTURES.includes(contentType)) return null;
  try {
    const found = await openPicture(path).metadata();
    await writeThumbnail(openPicture(path), thumbnail);
    return facts(contentType, { ...sizeOf(found), animated: (found.pages ?? 1) > 1, thumbnail: true });
  } catch {
    return null;
  }
}

interface Given {
  path: string;
  to: string;
  thumbnail: string;
  contentType: string;
  as: MediaKind | null;
}

/** Makes of a picture one that WhatsApp takes, or tells why it cannot. */
export async function fitPicture(given: Given): Promise<JobEnd> {
  try {
    return await fit(given);
  } catch (error) {
    const large = error instanceof Error && /pixel limit|too many pixels/i.test(error.message);
    return large
      ? refused(
          `The picture has more than ${MAX_PIXELS / 1_000_000} megapixels. Make it smaller.`,
          'attachment_too_large',
        )
      : refused('The picture is damaged or not whole: it cannot be read. Save it anew and try again.');
  }
}

async function fit(given: Given): Promise<JobEnd> {
  const { path, contentType, as } = given;
  if (HEIC.includes(contentType)) {
    const { data, width, height } = await readHeic(path, MAX_PIXELS);
    const raw = () => sharp(data, { raw: { width, height, channels: 4 } });
    if (as === 'sticker') return makeSticker(given, raw);
    return shrinkTo(given, raw, 'image/jpeg', { width, height }, 'HEIC was turned into JPEG.');
  }
  const found = await openPicture(path).metadata();
  if (as === 'sticker')
    return contentType === 'image/webp' ? checkSticker(given, found) : makeSticker(given, () => openPicture(path));
  const moves = (found.pages ?? 1) > 1;
  if (contentType === 'image/gif' && moves) return (await isVast(path)) ? VAST : { kind: 'needs-encoder' };
  const target = targetOf(contentType, found);
  const { size } = await stat(path);
  if (contentType === target && isPlain(contentType, found) && size <= MAX_BYTES.image) {
    await writeThumbnail(openPicture(path), given.thumbnail);
    return { kind: 'done', facts: facts(contentType, { ...sizeOf(found), thumbnail: true }), made: false, note: null };
  }
  return shrinkTo(
    given,
    () => openPicture(path).autoOrient(),
    target,
    sizeOf(found),
    noteOf(contentType, target, moves, size),
  );
}

const VAST = refused(
  `A GIF has at most ${MAX_CANVAS / 1_000_000} megapixels. Make it smaller.`,
  'attachment_too_large',
);

/** Frames of one pixel may stand on a canvas of 65,535 by 65,535, which the encoder would unfold. Source: GIF89a, 18. */
async function isVast(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer } = await file.read(Buffer.alloc(10), 0, 10, 0);
    return buffer.readUInt16LE(6) * buffer.readUInt16LE(8) > MAX_CANVAS;
  } finally {
    await file.close();
  }
}

/** What can be seen through stays so. */
function targetOf(contentType: string, found: Metadata): 'image/jpeg' | 'image/png' {
  if (contentType === 'image/jpeg') return 'image/jpeg';
  if (contentType === 'image/webp') return found.hasAlpha ? 'image/png' : 'image/jpeg';
  return 'image/png';
}

/** Meta: PNG is 8-bit RGB or RGBA; a JPEG in print's four colours comes out black on phones. */
function isPlain(contentType: string, { space, depth, isPalette, channels }: Metadata): boolean {
  if (contentType === 'image/jpeg') return space === 'srgb' || space === 'b-w';
  return space === 'srgb' && depth === 'uchar' && !isPalette && (channels === 3 || channels === 4);
}

function noteOf(from: string, to: string, moves: boolean, size: number): string {
  const name = (type: string) => type.replace('image/', '').toUpperCase();
  if (moves) return `Only the first picture of the moving ${name(from)} is kept, as ${name(to)}.`;
  if (from !== to) return `${name(from)} was turned into ${name(to)}.`;
  return size > MAX_BYTES.image
    ? `The picture had ${sizeWords(size)} and was made smaller; WhatsApp takes ${sizeWords(MAX_BYTES.image)}.`
    : 'The colours were changed to 8-bit RGB, which WhatsApp takes.';
}

type Size = { width: number; height: number };

/** Sides as they are seen: a phone writes beside the picture that it is to be turned. */
function sizeOf({ width, height, orientation = 1 }: Metadata): Size {
  return orientation > 4 ? { width: height, height: width } : { width, height };
}

async function shrinkTo(
  { to, thumbnail }: Given,
  read: () => Sharp,
  target: 'image/jpeg' | 'image/png',
  { width, height }: Size,
  note: string,
): Promise<JobEnd> {
  for (
    let side = Math.max(width, height);
    side >= Math.min(SMALLEST, Math.max(width, height));
    side = Math.floor(side * SHRINK)
  ) {
    for (const quality of target === 'image/png' ? [100] : QUALITIES) {
      const sized = read().resize(side, side, { fit: 'inside', withoutEnlargement: true }).toColourspace('srgb');
      const made = target === 'image/png' ? sized.png({ palette: false }) : sized.jpeg({ quality });
      const { data, info } = await made.toBuffer({ resolveWithObject: true });
      if (data.length > MAX_BYTES.image) continue;
      await writeFile(to, data);
      await writeThumbnail(openPicture(data), thumbnail);
      const seen = { width: info.width, height: info.height, thumbnail: true };
      return { kind: 'done', facts: facts(target, seen), made: true, note };
    }
  }
  return refused('The picture stays above 5 MB whatever is done. Send a smaller one.', 'attachment_too_large');
}

/** A sticker that somebody drew is sent as it is, or not at all. Source: Meta, "Sticker messages". */
async function checkSticker({ path, thumbnail }: Given, found: Metadata): Promise<JobEnd> {
  const { width, height } = sizeOf(found);
  if (width !== STICKER_SIDE || height !== STICKER_SIDE)
    return refused(`A sticker has ${STICKER_SIDE} x ${STICKER_SIDE} pixels; this one has ${width} x ${height}.`);
  const animated = (found.pages ?? 1) > 1;
  const limit = animated ? MAX_MOVING_STICKER : MAX_STILL_STICKER;
  const { size } = await stat(path);
  if (size > limit)
    return refused(
      `A sticker that ${animated ? 'moves' : 'does not move'} has at most ${sizeWords(limit)}; this one has ${sizeWords(size)}.`,
      'attachment_too_large',
    );
  await writeThumbnail(openPicture(path), thumbnail);
  return {
    kind: 'done',
    facts: facts('image/webp', { width, height, animated, thumbnail: true }),
    made: false,
    note: null,
  };
}

/** A picture as a sticker: whole, on a square that can be seen through. */
async function makeSticker({ to, thumbnail }: Given, read: () => Sharp): Promise<JobEnd> {
  const clear = { r: 0, g: 0, b: 0, alpha: 0 };
  for (const quality of [90, 75, 60, 40, 20]) {
    const square = read().autoOrient().resize(STICKER_SIDE, STICKER_SIDE, { fit: 'contain', background: clear });
    const data = await square.webp({ quality }).toBuffer();
    if (data.length > MAX_STILL_STICKER) continue;
    await writeFile(to, data);
    await writeThumbnail(openPicture(data), thumbnail);
    const seen = { width: STICKER_SIDE, height: STICKER_SIDE, thumbnail: true };
    return { kind: 'done', facts: facts('image/webp', seen), made: true, note: 'The picture was made into a sticker.' };
  }
  return refused('The picture stays above 100 KB as a sticker. Choose one with less in it.', 'attachment_too_large');
}

async function writeThumbnail(picture: Sharp, path: string): Promise<void> {
  const small = picture
    .autoOrient()
    .resize(THUMBNAIL_SIDE, THUMBNAIL_SIDE, { fit: 'inside', withoutEnlargement: true });
  await writeFile(path, await small.toColourspace('srgb').webp({ quality: 75 }).toBuffer());
}
