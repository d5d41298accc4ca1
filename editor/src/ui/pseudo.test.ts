import { expect, it } from 'vitest';
import { pseudo, pseudoWords } from './pseudo.ts';

it('makes every letter strange, the text longer, and keeps what is filled in', () => {
  const strange = pseudo('Save {{name}} in <b>Parley</b>');
  expect(strange).toMatch(/^⟦.*⟧$/);
  expect(strange).toContain('{{name}}');
  expect(strange.replace(/\{\{name\}\}|<\/?b>/g, '')).not.toMatch(/[A-Za-z]/);
  expect(strange.length).toBeGreaterThanOrEqual('Save {{name}} in <b>Parley</b>'.length * 1.3);
});

it('goes through words of all depths and leaves nothing as nothing', () => {
  expect(pseudoWords({ a: { b: 'x' }, c: '' })).toEqual({ a: { b: '⟦ẋ ~⟧' }, c: '' });
});
