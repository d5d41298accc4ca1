/** Names that Windows keeps for itself, whatever ending follows. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)$/i;
// biome-ignore lint/suspicious/noControlCharactersInRegex: exactly those that no file's name may hold
const FORBIDDEN = /[\\/:*?"<>|\u0000-\u001f\u007f]/g;
/** They turn the letters around, so that an ending reads as another. */
const DIRECTING = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const MAX_LETTERS = 80; // more is cut off in every list of files

/** A file's name out of a bot's, in whatever language: what no system takes is replaced, the rest stays. */
export function fileNameOf(name: string, fallback: string): string {
  const clean = [...name.normalize('NFC').replace(DIRECTING, '').replace(FORBIDDEN, ' ')].slice(0, MAX_LETTERS);
  const trimmed = bytesBelow(clean.join('').replace(/\s+/g, ' ')).replace(/^[.\s]+|[.\s]+$/g, '');
  const safe = trimmed === '' ? fallback : trimmed;
  return `${RESERVED.test(safe) ? `${safe}_` : safe}.parley.json`;
}

const MAX_BYTES = 200; // most systems stop at 255, the ending included

function bytesBelow(text: string): string {
  let letters = [...text];
  while (new TextEncoder().encode(letters.join('')).length > MAX_BYTES) letters = letters.slice(0, -1);
  return letters.join('');
}
