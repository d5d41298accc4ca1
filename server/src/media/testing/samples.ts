import { crc32, deflateRawSync } from 'node:zlib';
import {
  BufferTarget,
  EncodedAudioPacketSource,
  EncodedPacket,
  EncodedVideoPacketSource,
  MovOutputFormat,
  Mp4OutputFormat,
  OggOutputFormat,
  Output,
  type OutputFormat,
  WebMOutputFormat,
} from 'mediabunny';
import sharp from 'sharp';

/** Tiny files of every type, made on the spot: no file of anybody's lies in this project. */
const picture = (width = 8, height = 8) =>
  sharp({ create: { width, height, channels: 3, background: { r: 200, g: 30, b: 60 } } });

export const jpeg = (width = 8, height = 8): Promise<Buffer> => picture(width, height).jpeg().toBuffer();
export const png = (width = 8, height = 8): Promise<Buffer> => picture(width, height).png().toBuffer();
export const webp = (width = 512, height = 512): Promise<Buffer> => picture(width, height).webp().toBuffer();
export const clearWebp = (): Promise<Buffer> =>
  sharp({ create: { width: 9, height: 9, channels: 4, background: { r: 1, g: 2, b: 3, alpha: 0.5 } } })
    .webp()
    .toBuffer();
export const gif = (): Promise<Buffer> => picture().gif().toBuffer();
export const deepPng = (): Promise<Buffer> => picture().toColourspace('rgb16').png().toBuffer();
export const printJpeg = (): Promise<Buffer> => picture().toColourspace('cmyk').jpeg().toBuffer();

/** Noise does not compress: `side` 2000 makes 12 MB. */
export function noisyPng(side: number): Promise<Buffer> {
  const data = Buffer.alloc(side * side * 3);
  let state = 1;
  for (let index = 0; index < data.length; index += 1) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    data[index] = state >> 16;
  }
  return sharp(data, { raw: { width: side, height: side, channels: 3 } })
    .png({ compressionLevel: 0 })
    .toBuffer();
}

async function moving(): Promise<{ data: Buffer; height: number }> {
  const frames = await Promise.all(
    ['red', 'blue'].map((background) =>
      sharp({ create: { width: 512, height: 512, channels: 3, background } })
        .raw()
        .toBuffer(),
    ),
  );
  return { data: Buffer.concat(frames), height: 1024 };
}
export async function movingGif(): Promise<Buffer> {
  const { data, height } = await moving();
  return sharp(data, { raw: { width: 512, height, channels: 3, pageHeight: 512 } })
    .gif({ delay: [100, 100] })
    .toBuffer();
}
export async function movingWebp(): Promise<Buffer> {
  const { data, height } = await moving();
  return sharp(data, { raw: { width: 512, height, channels: 3, pageHeight: 512 } })
    .webp({ delay: [100, 100] })
    .toBuffer();
}

/** The parameter sets and one key picture of 16 x 16 in H.264, in the form that MP4 wants: nothing decodes it here. */
const AVC_CONFIG = Buffer.from('0142c00affe1000967 42c00ada7968408401000468ce3c80'.replaceAll(' ', ''), 'hex');
const HEVC_CONFIG = Buffer.from('0101600000009000000000001ef000fcfdf8f800000f00', 'hex');
const packet = (bytes: number[], at: number) => new EncodedPacket(new Uint8Array(bytes), 'key', at, 0.02);

async function wrapped(
  format: OutputFormat,
  tracks: { video?: 'avc' | 'vp8' | 'hevc'; audio?: 'aac' | 'opus'; channels?: number },
) {
  const target = new BufferTarget();
  const output = new Output({ format, target });
  const video = tracks.video && new EncodedVideoPacketSource(tracks.video);
  const audio = tracks.audio && new EncodedAudioPacketSource(tracks.audio);
  if (video) output.addVideoTrack(video);
  if (audio) output.addAudioTrack(audio);
  await output.start();
  const codec = { avc: 'avc1.42c00a', vp8: 'vp8', hevc: 'hvc1.1.6.L30.B0' } as const;
  const size = { codedWidth: 16, codedHeight: 16 };
  for (const at of [0, 0.02, 0.04]) {
    if (video && tracks.video)
      await video.add(packet([0, 0, 0, 2, 0x65, 0x88], at), {
        decoderConfig: {
          codec: codec[tracks.video],
          ...size,
          ...(tracks.video !== 'vp8' && { description: tracks.video === 'avc' ? AVC_CONFIG : HEVC_CONFIG }),
        },
      });
    if (audio && tracks.audio)
      await audio.add(packet([0xfc, 0xff, 0xfe], at), { decoderConfig: sound(tracks.audio, tracks.channels ?? 1) });
  }
  await output.finalize();
  return Buffer.from(target.buffer ?? new ArrayBuffer(0));
}

const sound = (codec: 'aac' | 'opus', numberOfChannels: number) =>
  codec === 'aac'
    ? { codec: 'mp4a.40.2', numberOfChannels, sampleRate: 48_000, description: Buffer.from([0x11, 0x88]) }
    : { codec: 'opus', numberOfChannels, sampleRate: 48_000, description: opusHead(numberOfChannels) };

export const mp4 = () => wrapped(new Mp4OutputFormat(), { video: 'avc', audio: 'aac' });
export const m4a = () => wrapped(new Mp4OutputFormat(), { audio: 'aac' });
export const hevcMp4 = () => wrapped(new Mp4OutputFormat(), { video: 'hevc' });
export const mov = () => wrapped(new MovOutputFormat(), { video: 'avc', audio: 'aac' });
export const webmVoice = () => wrapped(new WebMOutputFormat(), { audio: 'opus' });
export const webmFilm = () => wrapped(new WebMOutputFormat(), { video: 'vp8', audio: 'opus' });
export const oggVoice = (channels = 1) => wrapped(new OggOutputFormat(), { audio: 'opus', channels });
/** The same film under the brand that phones of 2005 wrote. */
export async function threeGp(): Promise<Buffer> {
  const film = await mp4();
  film.write('3gp5', 8, 'latin1');
  return film;
}

/** Seven bytes of header and a frame of silence, some times over. */
export const aac = (): Buffer =>
  Buffer.concat(Array.from({ length: 8 }, () => Buffer.from('fff14c400203fc010000000000000000'.slice(0, 32), 'hex')));
export const amr = (): Buffer => Buffer.concat([Buffer.from('#!AMR\n'), Buffer.alloc(64, 0x3c)]);
/** MPEG-1 layer 3, 128 kbit/s, 44.1 kHz: 417 bytes a frame. */
export const mp3 = (): Buffer =>
  Buffer.concat(Array.from({ length: 6 }, () => Buffer.concat([Buffer.from('fffb9064', 'hex'), Buffer.alloc(413)])));

export const pdf = (): Buffer =>
  Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');
export const text = (): Buffer => Buffer.from('Grüße,\nZoë\n');
/** The container of doc, xls and ppt: its mark, and nothing in it. */
export const oldOffice = (): Buffer => Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(1_024)]);
export const office = (part: 'word/document' | 'xl/workbook' | 'ppt/presentation'): Buffer => {
  const kind = {
    'word/document': 'wordprocessingml.document',
    'xl/workbook': 'spreadsheetml.sheet',
    'ppt/presentation': 'presentationml.presentation',
  }[part];
  const types = `<?xml version="1.0"?><Types><Override PartName="/${part}.xml" ContentType="application/vnd.openxmlformats-officedocument.${kind}.main+xml"/></Types>`;
  return zip([
    ['[Content_Types].xml', Buffer.from(types)],
    [`${part}.xml`, Buffer.from('<x/>')],
  ]);
};

/** As small a zip as there can be; deflated, so that a bomb fits in a test. */
export function zip(entries: [string, Buffer][]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, data] of entries) {
    const packed = deflateRawSync(data);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(data), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(data.length, 18);
    common.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('504b0304', 'hex'), common, Buffer.from(name), packed]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('504b01021400', 'hex'), common, place, Buffer.from(name)]));
    parts.push(local);
    offset += local.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(listed.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, listed, Buffer.from('504b0506', 'hex'), end]);
}

/** A form with one file, as a browser sends it. */
export function form(
  file: Buffer,
  filename: string,
  fields: Record<string, string> = {},
  type = 'application/octet-stream',
) {
  const boundary = 'parley-test-boundary';
  const words = Object.entries(fields).map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${filename}"\r\nContent-Type: ${type}\r\n\r\n`;
  return {
    payload: Buffer.concat([Buffer.from(words.join('') + head), file, Buffer.from(`\r\n--${boundary}--\r\n`)]),
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
  };
}

/** RFC 7845, 5.1: what stands before every recording in Opus. */
const opusHead = (channels: number): Buffer =>
  Buffer.concat([Buffer.from('OpusHead'), Buffer.from([1, channels, 0x38, 1, 0x80, 0xbb, 0, 0, 0, 0, 0])]);
