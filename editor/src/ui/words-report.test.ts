import { describe, expect, it } from 'vitest';
import { reportWords } from './words-report.ts';

const report = (english: Parameters<typeof reportWords>[0]['english'], words: typeof english, language = 'es') =>
  reportWords({ english, words, language });

describe('a translation', () => {
  it('is well where every key is there with its placeholders', () => {
    const { total, namesOnly, ...faults } = report(
      { save: 'Save', deep: { hi: 'Hi {{name}}' }, brand: 'Parley' },
      { save: 'Guardar', deep: { hi: 'Hola {{ name }}' }, brand: 'Parley' },
    );
    expect([total, namesOnly]).toEqual([3, ['brand']]);
    expect(Object.values(faults).flat()).toEqual([]);
  });

  it('lacks keys, also empty ones, and has too many', () => {
    const { missing, superfluous } = report({ a: 'One', b: 'Two', c: 'Three' }, { a: 'Uno', c: '', old: 'Viejo' });
    expect([missing, superfluous]).toEqual([['b', 'c'], ['old']]);
  });

  it('says what is filled in by other names, or loses a tag', () => {
    const english = { a: '{{name}} left', b: 'See <link>this</link>' };
    expect(report(english, { a: '{{nombre}} salió', b: 'Mira <link>esto' }).placeholders).toEqual(['a', 'b']);
  });

  it('needs the plural forms of its own language, not of English', () => {
    const english = { row_one: '{{count}} row', row_other: '{{count}} rows' };
    expect(report(english, { row_one: '{{count}} fila', row_other: '{{count}} filas' }).plurals).toEqual(['row_many']);
    const arabic = { row_zero: 'لا', row_one: 'صف', row_two: 'صفان', row_few: '{{count}} صفوف', row_many: 'صفًا' };
    const found = report(english, arabic, 'ar');
    expect(found.plurals).toEqual(['row_other']);
    expect(found.placeholders, 'only none, one and two may be told without the number').toEqual(['row_many']);
    expect(found.superfluous).toEqual([]);
  });

  it('is not English left as it was, but names and numbers stay', () => {
    const english = { a: 'Delete it', b: 'WhatsApp · {{count}}', c: '100 %', d: 'JSON' };
    const found = report(english, english);
    expect([found.identical, found.namesOnly]).toEqual([['a'], ['b', 'd']]);
  });

  it('that is not there at all lacks everything', () => {
    expect(reportWords({ english: { a: 'One' }, words: undefined, language: 'pt' }).missing).toEqual(['a']);
  });
});
