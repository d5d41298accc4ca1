import { describe, expect, it } from 'vitest';
import { isShortcut } from './commands.ts';
import { keysOf } from './shortcut-keys.ts';

const press = (key: string, held: Partial<Record<'ctrl' | 'meta' | 'shift' | 'alt', true>> = {}, code = '') => ({
  key,
  code,
  ctrlKey: held.ctrl ?? false,
  metaKey: held.meta ?? false,
  shiftKey: held.shift ?? false,
  altKey: held.alt ?? false,
});

describe('a shortcut', () => {
  it('means Command on a Mac and Control elsewhere', () => {
    expect(isShortcut('mod+z', press('z', { ctrl: true }), false)).toBe(true);
    expect(isShortcut('mod+z', press('z', { meta: true }), false)).toBe(false);
    expect(isShortcut('mod+z', press('z', { meta: true }), true)).toBe(true);
    expect(isShortcut('mod+z', press('z', { ctrl: true }), true)).toBe(false);
  });

  it('needs its modifiers and no others', () => {
    expect(isShortcut('mod+z', press('Z', { ctrl: true, shift: true }), false)).toBe(false);
    expect(isShortcut('mod+shift+z', press('Z', { ctrl: true, shift: true }), false)).toBe(true);
    expect(isShortcut('delete', press('Delete'), false)).toBe(true);
    expect(isShortcut('delete', press('Delete', { alt: true }), false)).toBe(false);
    expect(isShortcut('alt+arrowup', press('ArrowUp', { alt: true }), false)).toBe(true);
  });

  it('that is a sign is written as the sign, wherever its key lies', () => {
    expect(isShortcut('?', press('?', { shift: true }, 'Slash'), false)).toBe(true);
    expect(isShortcut('?', press('?', { shift: true }, 'Minus'), false)).toBe(true);
    expect(isShortcut('mod++', press('+', { ctrl: true, shift: true }), false)).toBe(true);
  });

  it('lies on an Arabic or Cyrillic keyboard where the Latin letter lies', () => {
    expect(isShortcut('mod+z', press('ئ', { ctrl: true }, 'KeyZ'), false)).toBe(true);
    expect(isShortcut('mod+b', press('لا', { ctrl: true }, 'KeyB'), false)).toBe(true);
    expect(isShortcut('mod+k', press('л', { meta: true }, 'KeyK'), true)).toBe(true);
    expect(isShortcut('?', press('؟', { shift: true }, 'Slash'), false)).toBe(true);
    expect(isShortcut('alt+n', press('Dead', { alt: true }, 'KeyN'), true)).toBe(true);
  });

  it('follows the letter, not the place, where the keyboard writes Latin', () => {
    expect(isShortcut('mod+z', press('w', { ctrl: true }, 'KeyZ'), false), 'AZERTY').toBe(false);
    expect(isShortcut('mod+z', press('z', { ctrl: true }, 'KeyW'), false)).toBe(true);
  });
});

it('is drawn with the signs that stand on the keys', () => {
  expect(keysOf('mod+shift+z', true)).toEqual([{ sign: '⌘' }, { sign: '⇧' }, { sign: 'Z' }]);
  expect(keysOf('mod+shift+z', false)).toEqual([{ name: 'mod' }, { name: 'shift' }, { sign: 'Z' }]);
  expect(keysOf('mod++', false)).toEqual([{ name: 'mod' }, { sign: '+' }]);
  expect(keysOf('alt+arrowup', false)).toEqual([{ name: 'alt' }, { sign: '↑' }]);
});
