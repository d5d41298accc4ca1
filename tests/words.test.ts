import { describe, expect, it } from 'vitest';
import { reportWords } from '../editor/src/ui/words-report.ts';
import { englishOfNodes } from './support/english-of-nodes.ts';
import { LANGUAGES, readNodeWords, readWords } from './support/words.ts';

const BAR = 0.03; // of a language's texts may be the same as in English, names aside

describe.each(LANGUAGES)('the words in %s', (language) => {
  const reports = readWords().map(({ name, words }) => ({
    name,
    ...reportWords({ english: words.en ?? {}, words: words[language], language }),
  }));

  it('are all there, with their plurals and what is filled in', () => {
    const faults = reports.flatMap(({ name, missing, superfluous, placeholders, plurals }) =>
      Object.entries({ missing, superfluous, placeholders, plurals }).flatMap(([kind, keys]) =>
        keys.map((key) => `${name} ${kind}: ${key}`),
      ),
    );
    expect(faults).toEqual([]);
  });

  it('are hardly ever English', () => {
    const total = reports.reduce((sum, report) => sum + report.total, 0);
    const identical = reports.flatMap(({ name, identical }) => identical.map((key) => `${name}: ${key}`));
    expect(identical.length / total, identical.join(', ')).toBeLessThan(BAR);
  });

  it('are those of node types, field by field and message by message, and no others', () => {
    const words = readNodeWords(language);
    const english = englishOfNodes();
    expect([...english].filter((word) => !words[word])).toEqual([]);
    expect(Object.keys(words).filter((word) => !english.has(word))).toEqual([]);
  });
});
