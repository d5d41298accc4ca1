import { stat } from 'node:fs/promises';
import {
  ADTS,
  EncodedAudioPacketSource,
  EncodedPacketSink,
  EncodedVideoPacketSource,
  FilePathSource,
  FilePathTarget,
  Input,
  type InputAudioTrack,
  type InputVideoTrack,
  MATROSKA,
  MP3,
  MP4,
  Mp4OutputFormat,
  OGG,
  OggOutputFormat,
  Output,
  QTFF,
  WEBM,
} from 'mediabunny';
import { kindOf, MAX_BYTES, sizeWords } from '../kinds.ts';
import { type Facts, facts, type JobEnd, refused } from './job.ts';

const FORMATS = [MP4, QTFF, WEBM, MATROSKA, OGG, MP3, ADTS];
const DAMAGED = 'The file is damaged or not whole: it cannot be played. Save it anew and try again.';

/** Films and sounds whose inside is looked at. AMR is not read by anything here; its beginning is enough. */
const WITH_TRACKS = [
  'video/mp4',
  'video/quicktime',
  'video/3gpp',
  'video/3gpp2',
  'video/webm',
  'video/matroska',
  'video/x-matroska',
  'audio/mp4',
  'audio/ogg',
  'audio/mpeg',
  'audio/aac',
];
export const hasTracks = (contentType: string): boolean => WITH_TRACKS.includes(contentType);

interface Tracks {
  video: InputVideoTrack | null;
  audio: InputAudioTrack | null;
  videoCodec: string | null;
  audioCodec: string | null;
  channels: number;
  /** Seconds. */
  duration: number | null;
}

async function withTracks<Result>(path: string, use: (tracks: Tracks) => Promise<Result>): Promise<Result> {
  const input = new Input({ formats: FORMATS, source: new FilePathSource(path, { handleUnhandledError: () => {} }) });
  try {
    const [video = null] = await input.getVideoTracks();
    const [audio = null] = await input.getAudioTracks();
    const duration = await input.computeDuration();
    return await use({
      video,
      audio,
      videoCodec: (await video?.getCodec()) ?? null,
      audioCodec: (await audio?.getCodec()) ?? null,
      channels: (await audio?.getNumberOfChannels()) ?? 0,
      duration: Number.isFinite(duration) && duration > 0 ? duration : null,
    });
  } finally {
    input.dispose();
  }
}

/** How long it plays, and whether a film holds no picture at all: a recording in a film's wrapping. Null: unreadable. */
export async function lookAtTracks(path: string, contentType: string): Promise<Facts | null> {
  try {
    return await withTracks(path, async ({ video, audio, duration }) => {
      const type =
        !video && audio && contentType.startsWith('video/') ? contentType.replace('video/', 'audio/') : contentType;
      return facts(type, { duration });
    });
  } catch {
    return null;
  }
}

/** A film or a sound as WhatsApp takes it: nothing is encoded anew, only wrapped differently. */
export async function fitTracks(path: string, to: string, contentType: string): Promise<JobEnd> {
  try {
    return await withTracks(path, (tracks) => fit(tracks, path, to, contentType));
  } catch {
    return refused(DAMAGED);
  }
}

async function fit(tracks: Tracks, path: string, to: string, contentType: string): Promise<JobEnd> {
  const { video, audio, audioCodec, channels } = tracks;
  if (!video && !audio) return refused('Nothing in this file can be seen or heard.');
  switch (contentType) {
    case 'audio/mpeg':
    case 'audio/aac':
      return done(tracks, contentType, path);
    case 'audio/ogg':
    case 'video/webm':
    case 'video/matroska':
    case 'video/x-matroska': {
      if (video) return refused(codecWords('This video', tracks.videoCodec, 'H.264 in MP4'));
      if (audioCodec !== 'opus') return refused(codecWords('This recording', audioCodec, 'Opus'));
      // Meta: "OGG files encoded with the OPUS codec, mono input only"
      if (channels !== 1)
        return refused(
          `This recording has ${channels} channels; WhatsApp takes one in OGG. Record in mono, or send MP3.`,
        );
      if (contentType === 'audio/ogg') return done(tracks, contentType, path);
      await rewrap(tracks, to, new OggOutputFormat());
      return done(tracks, 'audio/ogg', to, 'The recording was put into OGG.');
    }
    default:
      return fitFilm(tracks, path, to, contentType);
  }
}

async function fitFilm(tracks: Tracks, path: string, to: string, contentType: string): Promise<JobEnd> {
  const { video, audio, videoCodec, audioCodec } = tracks;
  const old = contentType === 'video/3gpp' || contentType === 'video/3gpp2';
  if (video && videoCodec !== 'avc' && !(old && videoCodec === null))
    return refused(codecWords('This video', videoCodec, 'H.264'));
  if (audio && audioCodec !== 'aac' && !(old && audioCodec === null))
    return refused(codecWords('The sound of this file', audioCodec, 'AAC'));
  const type = video ? 'video/mp4' : 'audio/mp4';
  if (contentType !== 'video/quicktime') return done(tracks, old && video ? 'video/3gpp' : type, path);
  await rewrap(tracks, to, new Mp4OutputFormat({ fastStart: 'in-memory' }));
  return done(tracks, type, to, 'MOV was put into MP4.');
}

const NAMES: Record<string, string> = { hevc: 'HEVC (H.265)', vp8: 'VP8', vp9: 'VP9', av1: 'AV1', mp3: 'MP3' };
const codecWords = (what: string, codec: string | null, wanted: string): string =>
  `${what} is ${codec === null ? 'of an unknown kind' : (NAMES[codec] ?? codec)}; WhatsApp plays ${wanted}. Save it that way and try again.`;

async function done(tracks: Tracks, contentType: string, path: string, note: string | null = null): Promise<JobEnd> {
  const { size } = await stat(path);
  const limit = MAX_BYTES[kindOf(contentType) ?? 'video'];
  if (size > limit)
    return refused(
      `WhatsApp takes ${sizeWords(limit)} of this kind; this file has ${sizeWords(size)}. Shorten it.`,
      'attachment_too_large',
    );
  return { kind: 'done', facts: facts(contentType, { duration: tracks.duration }), made: note !== null, note };
}

async function rewrap({ video, audio }: Tracks, to: string, format: Mp4OutputFormat | OggOutputFormat): Promise<void> {
  const output = new Output({ format, target: new FilePathTarget(to) });
  const copies: (() => Promise<void>)[] = [];
  const videoCodec = await video?.getCodec();
  if (video && videoCodec) {
    const source = new EncodedVideoPacketSource(videoCodec);
    output.addVideoTrack(source, { rotation: await video.getRotation() });
    const decoderConfig = (await video.getDecoderConfig()) ?? undefined;
    copies.push(async () => {
      for await (const packet of new EncodedPacketSink(video).packets()) await source.add(packet, { decoderConfig });
      source.close();
    });
  }
  const audioCodec = await audio?.getCodec();
  if (audio && audioCodec) {
    const source = new EncodedAudioPacketSource(audioCodec);
    output.addAudioTrack(source);
    const decoderConfig = (await audio.getDecoderConfig()) ?? undefined;
    copies.push(async () => {
      for await (const packet of new EncodedPacketSink(audio).packets()) await source.add(packet, { decoderConfig });
      source.close();
    });
  }
  await output.start();
  await Promise.all(copies.map((copy) => copy())); // side by side: the writer takes them in turns
  await output.finalize();
}
