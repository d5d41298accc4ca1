const MAX_NAME = 120; // characters; file systems take 255 bytes, and an emoji is four
/** Control characters, and those that turn the direction of writing: `exe.gpj` would read `jpg.exe`. */
const UNSEEN = /[\p{Cc}\p{Co}\p{Cn}\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]/gu;

/** A name without folders, without what cannot be seen, and never longer than a disk takes; null where nothing is left. */
export function safeFilename(name: string | null | undefined): string | null {
  if (!name) return null;
  const last = name.toWellFormed().normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const clean = last
    .replace(UNSEEN, '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/^[. ]+|[. ]+$/g, '');
  if (clean === '') return null;
  const characters = [...clean];
  if (characters.length <= MAX_NAME) return clean;
  const ending = endingOf(clean);
  const kept = characters.slice(0, MAX_NAME - ending.length).join('');
  return `${kept}${ending}`;
}

/** `.pdf`, or nothing where the name has no ending of a usual length. */
const endingOf = (name: string): string => /\.[A-Za-z0-9]{1,10}$/.exec(name)?.[0] ?? '';

/** `pdf`, in small letters. */
export const extensionIn = (name: string | null): string =>
  endingOf(name ?? '')
    .slice(1)
    .toLowerCase();

/** The name with the ending of what the file really is: `cat.gif` as `cat.png`. */
export const withExtension = (name: string, extension: string): string =>
  `${name.slice(0, name.length - endingOf(name).length) || 'file'}.${extension}`;

/** RFC 6266: an ASCII name for old readers, and the real one beside it (RFC 8187). */
export function disposition(kind: 'inline' | 'attachment', name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${kind}; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
