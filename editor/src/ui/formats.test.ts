import { expect, it } from 'vitest';
import { formatsFor, localeOf } from './formats.ts';

const NOW = new Date('2026-03-01T12:00:00Z');
const before = (seconds: number) => new Date(NOW.getTime() - seconds * 1_000);

it('tells how long ago in the language', () => {
  const { ago } = formatsFor('en-GB');
  expect([ago(NOW, NOW), ago(before(90), NOW), ago(before(86_400), NOW)]).toEqual(['now', '1 minute ago', 'yesterday']);
  expect(formatsFor('es').ago(before(7_200), NOW)).toBe('hace 2 horas');
  expect(formatsFor('ar').ago(before(2 * 86_400), NOW)).toBe('أول أمس');
});

it('writes numbers and shares as the language does', () => {
  expect([formatsFor('en').number(1234.5), formatsFor('pt').number(1234.5)]).toEqual(['1,234.5', '1.234,5']);
  expect(formatsFor('en').percent(0.255)).toBe('25.5%');
});

it('follows the country of the browser only in the language of the page', () => {
  expect(localeOf('en', ['de-DE', 'en-GB'])).toBe('en-GB');
  expect(localeOf('ar', ['en-GB'])).toBe('ar');
  expect(localeOf('qps', ['en-GB'])).toBe('en-GB');
});
