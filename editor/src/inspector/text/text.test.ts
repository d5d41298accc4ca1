import { expect, it } from 'vitest';
import type { KnownVariable } from '../variables-of.ts';
import { completed, suggest, writingAt } from './complete.ts';
import { toggleMark } from './marks.ts';

const variable = (name: string): KnownVariable => ({
  name,
  type: 'text',
  from: 'flow',
  node: null,
  isBefore: true,
  example: null,
});

it('sees the name that is being written', () => {
  expect(writingAt('Hi {{con', 8)).toEqual({ from: 5, word: 'con' });
  expect(writingAt('Hi {{upper contact.na', 21)).toEqual({ from: 11, word: 'contact.na' });
  expect(writingAt('Hi {{name}} there', 14)).toBeNull();
  expect(writingAt('{{default name "per', 19)).toBeNull();
  expect(writingAt('plain', 3)).toBeNull();
});
it('suggests names by their beginning, then by their parts, then helpers', () => {
  const names = suggest('na', [variable('zone.name'), variable('name'), variable('banana')]).map((one) =>
    one.kind === 'variable' ? one.variable.name : one.helper.name,
  );
  expect(names.slice(0, 3)).toEqual(['name', 'zone.name', 'banana']);
  expect(suggest('upper', []).some((one) => one.kind === 'helper')).toBe(true);
});
it('completes and closes the braces once', () => {
  const chosen = { kind: 'variable' as const, variable: variable('contact.name') };
  expect(completed('Hi {{con!', 8, { from: 5, word: 'con' }, chosen)).toEqual({
    text: 'Hi {{contact.name}}!',
    caret: 19,
  });
  expect(completed('Hi {{con}}!', 8, { from: 5, word: 'con' }, chosen)).toEqual({
    text: 'Hi {{contact.name}}!',
    caret: 19,
  });
});
it('puts marks around words, hugging them, and takes them away again', () => {
  const bold = toggleMark('say hello now', 3, 10, 'bold');
  expect(bold.text).toBe('say *hello* now');
  expect(toggleMark(bold.text, bold.from, bold.to, 'bold').text).toBe('say hello now');
  expect(toggleMark('one\ntwo', 0, 7, 'list')).toEqual({ text: '- one\n- two', from: 0, to: 11 });
  expect(toggleMark('- one\n- two', 0, 11, 'list').text).toBe('one\ntwo');
});
