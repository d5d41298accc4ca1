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
  /** False where its shortcut also works while somebody types into a field (default true: it does not). */
  notWhileTyping?: boolean;
  /** Shown in the help, but not in the palette. */
  isHidden?: boolean;
  isDisabled?: boolean;
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
    pressed.key.toLowerCase() === key &&
    mod === has('mod') &&
    !other &&
    pressed.altKey === has('alt') &&
    (isSign || pressed.shiftKey === has('shift'))
  );
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) ||
    target.closest('.monaco-editor') !== null);

export const isMac = (): boolean => /Mac|iPhone|iPad/.test(navigator.platform);

/** Runs what a key press asks for; true where something did. */
export function runShortcut(event: KeyboardEvent): boolean {
  const all = commands.getSnapshot().context.sets.flatMap((set) => set.commands);
  const typing = isTyping(event.target);
  const command = all.find(
    ({ shortcuts = [], isDisabled, notWhileTyping = true }) =>
      !isDisabled && !(typing && notWhileTyping) && shortcuts.some((one) => isShortcut(one, event, isMac())),
  );
  if (!command) return false;
  event.preventDefault();
  command.run();
  return true;
}
