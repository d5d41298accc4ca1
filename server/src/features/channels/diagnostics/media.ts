import { counted, type Diagnostic, failing, NOT_READ, ok, type Verdict, warning } from './diagnostic.ts';
import type { OwnFacts } from './facts.ts';

const topic = 'Media not processing' as const;
/** Codes of failed sends that are about a file: Meta's upload, Twilio's address, fetching, size and upload. */
const FILE_CODES = new Set(['131052', '131053', '131014', '21620', '21623', '63019', '63034', '63037']);

const refusedFor = (media: NonNullable<OwnFacts['media']>, about: RegExp) =>
  media.filter(({ state, reason }) => state === 'refused' && about.test(reason ?? ''));
const FEW = 3; // files a day below which it is a person's odd file, and no fault of the channel
const SIZE = /large|big|size|MB|bytes/i;

const troubled = (count: number, code: string, message: string, remedy: string): Verdict =>
  count < FEW ? warning(message, remedy) : failing(code, message, remedy);

const formats: Diagnostic = {
  id: 'media-formats',
  topic,
  title: 'Media formats',
  judge({ own }) {
    if (!own.media) return NOT_READ;
    const [first, ...rest] = own.media.filter(({ state, reason }) => state === 'refused' && !SIZE.test(reason ?? ''));
    if (!first) return ok('No file of the last 24 hours had a format that cannot be used.');
    return troubled(
      rest.length + 1,
      'media_format',
      `${counted(rest.length + 1, 'file')} of the last 24 hours had a format that cannot be used, such as ${first.contentType}${because(first.reason)}`,
      'Use JPEG, PNG, MP4, AAC, MP3, OGG with Opus, PDF or Office files, and ask people to send these.',
    );
  },
};

const sizes: Diagnostic = {
  id: 'media-sizes',
  topic,
  title: 'File sizes',
  judge({ own }) {
    if (!own.media) return NOT_READ;
    const [first, ...rest] = refusedFor(own.media, SIZE);
    if (!first) return ok('No file of the last 24 hours was too large.');
    return troubled(
      rest.length + 1,
      'media_size',
      `${counted(rest.length + 1, 'file')} of the last 24 hours could not be kept${because(first.reason)}`,
      'WhatsApp takes pictures of 5 MB, audio and video of 16 MB and documents of 100 MB; over Twilio, 16 MB of each.',
    );
  },
};

const processing: Diagnostic = {
  id: 'media-processing',
  topic,
  title: 'Where files are kept',
  judge({ own }) {
    if (!own.storage) return NOT_READ;
    if (own.storage.ok) return ok('Files can be kept.');
    return failing(
      'media_storage',
      own.storage.problem ?? 'Files cannot be kept.',
      'Give this server the right to write to DATA_DIR, or check the MEDIA_S3 settings and the room that is left.',
    );
  },
};

const errors: Diagnostic = {
  id: 'media-errors',
  topic,
  title: 'Files that failed',
  judge({ own }) {
    if (!own.media || !own.traffic) return NOT_READ;
    const incoming = own.media.filter(({ state }) => state === 'failed');
    const outgoing = own.traffic.failed.filter(({ code }) => FILE_CODES.has(code));
    const [first] = [...incoming, ...outgoing];
    if (!first) return ok('No file failed in the last 24 hours.');
    return troubled(
      incoming.length + outgoing.length,
      'media_errors',
      `${counted(incoming.length, 'file')} of people could not be fetched and ${counted(outgoing.length, 'file')} could not be sent in the last 24 hours${because(first.reason)}`,
      'Ask people to send the file again; for files that you send, check that their address opens from the internet.',
    );
  },
};

const because = (reason: string | null) => (reason ? `: ${reason.replace(/\.$/, '')}.` : '.');

export const media: Diagnostic[] = [formats, sizes, processing, errors];
