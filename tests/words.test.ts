import { nodes } from '@parley/nodes';
import { describe, expect, it } from 'vitest';
import { englishWords } from '../editor/src/ui/node-types/english-words.ts';
import { reportWords } from '../editor/src/ui/words-report.ts';
import { LANGUAGES, readNodeWords, readWords } from './support/words.ts';

const BAR = 0.03; // of a language's texts may be the same as in English, names aside
const HOLDS_NODE_TYPES = true;

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

  it.runIf(HOLDS_NODE_TYPES)('name every node type and field', () => {
    const words = readNodeWords(language);
    expect(englishWords(nodes).filter((word) => !words[word])).toEqual([]);
  });
});
