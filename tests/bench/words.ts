import { reportWords, type WordsReport } from '../../editor/src/ui/words-report.ts';
import { englishOfNodes } from '../support/english-of-nodes.ts';
import { LANGUAGES, readNodeWords, readWords } from '../support/words.ts';

// `npm run words`: what is missing or wrong in each language, and how much still stands there in English.

const BAR = 3; // per cent of a language's texts that may be the same as in English, names aside
const SHOWN = 12; // of a list; the rest is counted

const namespaces = readWords();
const english = englishOfNodes();
let isWell = true;

for (const language of LANGUAGES) {
  const reports = namespaces.map(({ name, words }): [string, WordsReport] => [
    name,
    reportWords({ english: words.en ?? {}, words: words[language], language }),
  ]);
  const sum = (count: (report: WordsReport) => number) => reports.reduce((all, [, report]) => all + count(report), 0);
  const total = sum((report) => report.total);
  // What is missing is shown in English
  const share = (100 * sum((report) => report.identical.length + report.missing.length)) / total;
  console.log(
    `${language}: ${total} texts, ${share.toFixed(1)} % the same as in English (bar ${BAR} %), ${sum((report) => report.namesOnly.length)} names besides`,
  );
  for (const [name, report] of reports) printFaults(`${language}/${name}`, report);
  const nodeWords = readNodeWords(language);
  const lacking = [...english].filter((word) => !nodeWords[word]);
  const stale = Object.keys(nodeWords).filter((word) => !english.has(word));
  console.log(`  node types: ${lacking.length} of ${english.size} not translated, ${stale.length} unknown`);
  if (process.argv.includes('--nodes')) for (const word of lacking) console.log(`    ${JSON.stringify(word)}`);
  if (share >= BAR || lacking.length > 0 || stale.length > 0) isWell = false;
}
process.exitCode = isWell ? 0 : 1;

function printFaults(where: string, { total: _, namesOnly: __, ...faults }: WordsReport): void {
  for (const [kind, keys] of Object.entries(faults)) {
    if (keys.length === 0) continue;
    if (kind !== 'identical') isWell = false;
    const more = keys.length > SHOWN ? ` and ${keys.length - SHOWN} more` : '';
    console.log(`  ${where} ${kind}: ${keys.slice(0, SHOWN).join(', ')}${more}`);
  }
}
