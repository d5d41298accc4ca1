/** One key of a shortcut: a sign that is drawn as it stands, or a name to be looked up in the words. */
export type DrawnKey = { sign: string } | { name: KeyName };

const NAMED = [
  'mod',
  'alt',
  'shift',
  'enter',
  'escape',
  'delete',
  'backspace',
  'space',
  'tab',
  'home',
  'end',
  'pageup',
  'pagedown',
] as const;
export type KeyName = (typeof NAMED)[number];

const ARROWS: Readonly<Record<string, string>> = { arrowup: '↑', arrowdown: '↓', arrowleft: '←', arrowright: '→' };
const MAC: Readonly<Record<string, string>> = {
  mod: '⌘',
  alt: '⌥',
  shift: '⇧',
  enter: '↩',
  escape: '⎋',
  delete: '⌦',
  backspace: '⌫',
  tab: '⇥',
};

/** `mod+shift+z` -> Control, Shift, Z; on a Mac ⌘, ⇧, Z. */
export function keysOf(shortcut: string, isMac: boolean): DrawnKey[] {
  const parts = shortcut.toLowerCase().split('+');
  const keys = parts.at(-1) === '' ? [...parts.slice(0, -2), '+'] : parts;
  return keys.map((key) => {
    const sign = ARROWS[key] ?? (isMac ? MAC[key] : undefined);
    if (sign !== undefined) return { sign };
    const name = NAMED.find((one) => one === key);
    return name ? { name } : { sign: key.toUpperCase() };
  });
}
