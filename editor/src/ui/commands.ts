import { createStore } from '@xstate/store';
import { useEffect, useRef } from 'react';

/** Something that a person can do from the keyboard and find in the command palette. */
export interface Command {
  /** Unique, such as `canvas.undo`. */
  id: string;
  /** In the person's language. */
  title: string;
  /** Heading in the palette and in the help, in the person's language. */
  group: string;
  /** Such as `mod+z`, `shift+?`, `alt+arrowup`, `delete`; `mod` is Command on a Mac, Control elsewhere. Several may do the same. */
  shortcuts?: readonly string[];
  /** False where its shortcut also works while somebody types into a field or a dialog is open (default true: it does not). */
  notWhileTyping?: boolean;
  /** Shown in the help, but not in the palette. */
  isHidden?: boolean;
  isDisabled?: boolean;
  /** Its keys are handled where they happen (copying by the browser, arrow keys by the canvas); help and palette show them. */
  isElsewhere?: boolean;
  run: () => void;
}

interface CommandState {
  /** By who registered them; the last registered come first. */
  sets: readonly { owner: symbol; commands: readonly Command[] }[];
}

/** All that can be done on the page as it stands; panels register what is theirs as long as they are there. */
export const commands = createStore({
  context: { sets: [] } as CommandState,
  on: {
    registered: ({ sets }, event: { owner: symbol; commands: readonly Command[] }) => ({
      sets: [{ owner: event.owner, commands: event.commands }, ...sets.filter(({ owner }) => owner !== event.owner)],
    }),
    withdrawn: ({ sets }, event: { owner: symbol }) => ({ sets: sets.filter(({ owner }) => owner !== event.owner) }),
  },
});

/** Offers commands while the component is there. */
export function useCommands(list: readonly Command[]): void {
  const owner = useRef(Symbol('commands'));
  useEffect(() => commands.trigger.registered({ owner: owner.current, commands: list }), [list]);
  useEffect(() => () => commands.trigger.withdrawn({ owner: owner.current }), []);
}

interface Pressed {
  key: string;
  /** The place of the key, such as `KeyZ`: what counts where the keyboard writes another script. */
  code?: string;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
  altKey: boolean;
}

/** Whether these keys are the shortcut. Signs that need Shift (`?`) are written as the sign alone. */
export function isShortcut(shortcut: string, pressed: Pressed, isMac: boolean): boolean {
  const parts = shortcut.toLowerCase().split('+');
  const key = parts.at(-1) === '' ? '+' : (parts.at(-1) ?? '');
  const has = (modifier: string) => parts.slice(0, -1).includes(modifier);
  const isSign = key.length === 1 && key.toLowerCase() === key.toUpperCase();
  const mod = isMac ? pressed.metaKey : pressed.ctrlKey;
  const other = isMac ? pressed.ctrlKey : pressed.metaKey;
  return (
    keyOf(pressed) === key &&
    mod === has('mod') &&
    !other &&
    pressed.altKey === has('alt') &&
    (isSign || pressed.shiftKey === has('shift'))
  );
}

const LATIN = /^[ -~]+$/;
const OTHER_SIGNS: Readonly<Record<string, string>> = { '\u061f': '?', '\u060c': ',', '\u061b': ';' }; // Arabic ones

/** What was pressed, as shortcuts write it: on an Arabic or Cyrillic keyboard the letter in the key's place. */
function keyOf({ key, code = '' }: Pressed): string {
  if (key === ' ') return 'space';
  if (LATIN.test(key) && key !== 'Dead') return key.toLowerCase();
  const place = /^(?:Key([A-Z])|Digit(\d))$/.exec(code);
  return (place?.[1] ?? place?.[2] ?? OTHER_SIGNS[key] ?? key).toLowerCase();
}

const WRITES_NOTHING = /^(button|checkbox|radio|range|color|file|image|reset|submit)$/;

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    /^(TEXTAREA|SELECT)$/.test(target.tagName) ||
    (target instanceof HTMLInputElement && !WRITES_NOTHING.test(target.type)) ||
    target.closest('.monaco-editor') !== null);

/** A place such as a form beside the canvas: a letter that goes astray in it must not draw on the canvas. */
const OWN_KEYS = '[data-own-keys]';

const isInOwnKeys = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && !target.matches(OWN_KEYS) && target.closest(OWN_KEYS) !== null;

/** A key that somebody may press to write or to take back a letter. */
const isPlain = (shortcut: string): boolean =>
  !/^(mod|alt)\+/.test(shortcut) && (/(^|\+).$/.test(shortcut) || /(delete|backspace)$/.test(shortcut));

/** What hangs over the page takes all keys for itself: Escape closes it, and nothing beneath. */
const isInOverlay = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('[role="menu"], [role="dialog"]') !== null;

/** What lies below an open dialog must not move by a key that was meant for the dialog. */
const isBelowDialog = (): boolean => document.querySelector('[role="dialog"][aria-modal="true"]') !== null;

export const isMac = (): boolean => /Mac|iPhone|iPad/.test(navigator.platform);

/** Runs what a key press asks for; true where something did. */
export function runShortcut(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing) return false;
  const all = commands.getSnapshot().context.sets.flatMap((set) => set.commands);
  const isBusy = isTyping(event.target) || isInOverlay(event.target) || isBelowDialog();
  const isAside = isInOwnKeys(event.target);
  const command = all.find(
    ({ shortcuts = [], isDisabled, isElsewhere, notWhileTyping = true }) =>
      !isDisabled &&
      !isElsewhere &&
      !(isBusy && notWhileTyping) &&
      shortcuts.some((one) => isShortcut(one, event, isMac()) && !(isAside && isPlain(one))),
  );
  if (!command) return false;
  event.preventDefault();
  command.run();
  return true;
}
