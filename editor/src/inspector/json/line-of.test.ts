import { expect, it } from 'vitest';
import { lineOf } from './line-of.ts';

const text = JSON.stringify({ name: 'a "b" {', nodes: [{ id: 'one' }, { id: 'two', config: { 'a/b': 1 } }] }, null, 2);
const lines = text.split('\n');

it.each([
  ['', '{'],
  ['/name', '  "name": "a \\"b\\" {",'],
  ['/nodes/1', '    {'],
  ['/nodes/1/config/a~1b', '        "a/b": 1'],
])('finds %s', (pointer, line) => expect(lines[lineOf(text, pointer) - 1]).toBe(line));
it('falls back to the nearest value around it', () => {
  expect(lineOf(text, '/nodes/1/config/missing')).toBe(lineOf(text, '/nodes/1/config'));
  expect(lineOf('', '/nodes/1')).toBe(1);
});
