import { open } from 'node:fs/promises';
import { fileTypeFromFile } from 'file-type';
import { extensionIn } from '../filename.ts';

const LOOKED_AT = 65_536; // bytes of a text; what is binary shows itself sooner
export const UNKNOWN = 'application/octet-stream';
const OLD_OFFICE = 'application/x-cfb'; // one container for all of them: the name tells which
const OLD_OFFICE_TYPES: Readonly<Record<string, string>> = {
  doc: 'application/msword',
  xls: 'application/vnd.ms-excel',
  ppt: 'application/vnd.ms-powerpoint',
};
const OTHER_NAMES: Readonly<Record<string, string>> = {
  'audio/x-m4a': 'audio/mp4',
  'audio/wave': 'audio/wav',
  'image/apng': 'image/png', // its first picture is what a reader of PNG sees
};
/** Texts that a browser or a system would run. */
const RUN_BY_NAME = [
  'html',
  'htm',
  'xhtml',
  'svg',
  'xml',
  'js',
  'mjs',
  'css',
  'php',
  'sh',
  'bat',
  'cmd',
  'ps1',
  'vbs',
  'hta',
];

/** What the bytes are, whatever the name or the sender says: a content type without parameters. */
export async function sniff(path: string, filename: string | null): Promise<string> {
  const found = (await fileTypeFromFile(path))?.mime.split(';')[0]?.trim();
  if (found === OLD_OFFICE) return OLD_OFFICE_TYPES[extensionIn(filename)] ?? found;
  if (found !== undefined) return OTHER_NAMES[found] ?? found;
  return textType(await beginningOf(path), extensionIn(filename));
}

async function beginningOf(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(LOOKED_AT), 0, LOOKED_AT, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** Nothing announces a text: it holds no control characters. What begins like a page counts as one, whatever its name. */
function textType(bytes: Buffer, extension: string): string {
  if (bytes.length === 0 || bytes.some((byte) => byte < 32 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13))
    return UNKNOWN;
  const words = bytes
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .trimStart();
  if (/^<(\?xml|svg)/i.test(words)) return 'application/xml';
  if (/^<[a-z!]/i.test(words) || words.startsWith('#!')) return words.startsWith('<') ? 'text/html' : 'text/x-script';
  return RUN_BY_NAME.includes(extension) ? 'text/x-script' : 'text/plain';
}
