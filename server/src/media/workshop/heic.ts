import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { z } from 'zod';

interface HeicPicture {
  width: number;
  height: number;
  decode(): Promise<{ data: Uint8ClampedArray; width: number; height: number }>;
}
type Decoder = { all(given: { buffer: Uint8Array }): Promise<HeicPicture[] & { dispose(): void }> };

const MAX_FILE = 50 * 1024 * 1024; // bytes; a phone's HEIC has 2 to 10 MB
const isDecoder = (value: unknown): value is Decoder =>
  typeof value === 'function' && z.looseObject({ all: z.function() }).safeParse({ ...value }).success;

/** The first picture of a HEIC file, as RGBA. libheif tells its size before it is decoded, so that a bomb stays shut. */
export async function readHeic(path: string, maxPixels: number) {
  const buffer = await readFile(path);
  if (buffer.length > MAX_FILE) throw new Error('too many pixels');
  // CommonJS without types; loaded with the first HEIC only: 3 MB of WebAssembly
  const decoder: unknown = createRequire(import.meta.url)('heic-decode');
  if (!isDecoder(decoder)) throw new Error('heic-decode is not what it was');
  const pictures = await decoder.all({ buffer });
  try {
    const [first] = pictures;
    if (!first) throw new Error('no picture');
    if (first.width * first.height > maxPixels) throw new Error('too many pixels');
    const { data, width, height } = await first.decode();
    return { data: Buffer.from(data.buffer, data.byteOffset, data.byteLength), width, height };
  } finally {
    pictures.dispose();
  }
}
