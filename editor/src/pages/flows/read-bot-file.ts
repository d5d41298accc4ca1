import { readJsonObject } from '../../ui/read-json.ts';

/** Bytes; the server takes no more, so that nothing is sent for nothing. */
export const MAX_FILE = 5 * 1024 * 1024;

export type FileFault = 'too_large' | 'empty' | 'zip' | 'pdf' | 'image' | 'encoding' | 'not_json';

export type BotFile =
  | { ok: true; document: Record<string, unknown> }
  | { ok: false; fault: FileFault; place: { line: number; column: number } | null };

const refuse = (fault: FileFault): BotFile => ({ ok: false, fault, place: null });

/** Reads a file that somebody chose. One that is too large is refused before it is read. */
export async function readBotFile(file: Blob): Promise<BotFile> {
  if (file.size > MAX_FILE) return refuse('too_large');
  const bytes = new Uint8Array(await file.arrayBuffer());
  const kind = kindOf(bytes);
  if (kind) return refuse(kind);
  const text = decode(bytes);
  return text === null ? refuse('encoding') : readBotText(text);
}

/** Reads what somebody pasted. */
export function readBotText(text: string): BotFile {
  if (text.length > MAX_FILE) return refuse('too_large');
  const plain = text.replace(/^\ufeff/, '');
  if (plain.trim() === '') return refuse('empty');
  const read = readJsonObject(plain);
  if (read.ok) return { ok: true, document: read.value };
  return { ok: false, fault: 'not_json', place: read.position ? placeOf(plain, read.position) : null };
}

function placeOf(text: string, position: number): { line: number; column: number } {
  const before = text.slice(0, position).split('\n');
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}

/** What begins like this is no text, whatever it is called. */
const SIGNATURES: readonly [FileFault, number[]][] = [
  ['zip', [0x50, 0x4b, 0x03, 0x04]],
  ['zip', [0x1f, 0x8b]],
  ['pdf', [0x25, 0x50, 0x44, 0x46]],
  ['image', [0x89, 0x50, 0x4e, 0x47]],
  ['image', [0xff, 0xd8, 0xff]],
  ['image', [0x47, 0x49, 0x46, 0x38]],
];

function kindOf(bytes: Uint8Array): FileFault | null {
  if (bytes.length === 0) return 'empty';
  return SIGNATURES.find(([, signs]) => signs.every((sign, at) => bytes[at] === sign))?.[0] ?? null;
}

/** UTF-8, or UTF-16 where a mark at the beginning says so (what Windows' editor calls "Unicode"). */
function decode(bytes: Uint8Array): string | null {
  const [first, second] = bytes;
  const name =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  try {
    return new TextDecoder(name, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
