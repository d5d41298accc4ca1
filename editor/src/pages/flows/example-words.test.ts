import { readdir, readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import ar from './words/ar.json';
import en from './words/en.json';
import es from './words/es.json';
import pt from './words/pt.json';

const EXAMPLES = new URL('../../../../examples/', import.meta.url);
/** What programs, or WhatsApp, call so: names of templates and events, and the shape of what is posted. */
const CALLED_SO = /^(\{.*\}|[a-z]+(_[a-z]+)+|(?!.*\.json)[a-z]+\.[a-z]+)$/;

const readmes = await Promise.all(
  (await readdir(EXAMPLES, { withFileTypes: true }))
    .filter((one) => one.isDirectory() && one.name !== 'node_modules')
    .map(async ({ name }) => ({ name, text: await readFile(new URL(`${name}/README.md`, EXAMPLES), 'utf8') })),
);

it.each(readmes)('says in every language what $name needs, as its README has it', ({ name, text }) => {
  const list = /\*\*Change first\*\*\n\n((?:- .*\n)+)/.exec(text)?.[1] ?? '';
  const wanted = [...list.matchAll(/`([^`]+)`/g)].map(([, word = '']) => word).filter((word) => CALLED_SO.test(word));
  const counts = [...list.matchAll(/(\d) (?:parameter|quick repl)/g)].map(([, count = '']) => count);
  for (const { known } of [en, es, pt, ar]) {
    const needs: Record<string, string> = known[name as keyof typeof known].needs;
    const said = Object.values(needs).join('\n');
    for (const word of wanted) expect(said).toContain(word);
    for (const count of counts) expect(said).toContain(count);
    expect(Object.keys(needs)).toEqual(Object.keys(en.known[name as keyof typeof known].needs));
  }
});
