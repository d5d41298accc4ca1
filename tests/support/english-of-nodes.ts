import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { nodes } from '@parley/nodes';
import { emptyFlow, portsOf } from '@parley/runtime';
import { newNode } from '../../editor/src/document/new-node.ts';
import { englishWords } from '../../editor/src/ui/node-types/english-words.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Types of nodes, and the parts of messages that their schemas share. */
const SCHEMAS = ['nodes/src/**/*.ts', 'runtime/src/message/*.ts', 'runtime/src/flow/flow.ts', 'runtime/src/node/*.ts'];
const COMMENT_LINE = /^\s*(?:\/\/|\/?\*).*$/gm;
const TEXT = /'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"/g;
const SENTENCE = /^[A-Za-z]\S* .*[^.][.;]$/;
/** What the person in the chat reads is in the bot's language, and errors of code are JavaScript's own kind. */
const NOT_SHOWN = /\/testing\/|\/(?:sentences|evaluate|[^/]*\.test)\.ts$/;
const SAID_IN_CHAT = /Location\.$|Ubicación\.$|Localização\.$/;

/** Every English text of the node types that the editor shows in the person's language. */
export function englishOfNodes(): Set<string> {
  return new Set([...englishWords(nodes), ...portsOfNewNodes(), ...messages()]);
}

/** A step as the palette adds it has the ports that its type names itself; a port that a person named is theirs. */
function portsOfNewNodes(): string[] {
  const flow = emptyFlow('Bot');
  return nodes.flatMap((type) => portsOf(type, newNode(flow, type).config)).filter((port) => /^[a-z]+$/.test(port));
}

/** The messages of refinements stand nowhere but in the sources: sentences between quotes. */
const messages = (): string[] =>
  globSync(SCHEMAS, { cwd: ROOT })
    .filter((path) => !NOT_SHOWN.test(path))
    .flatMap((path) => sentencesOf(readFileSync(`${ROOT}/${path}`, 'utf8')));

const sentencesOf = (source: string): string[] =>
  [...source.replace(COMMENT_LINE, '').matchAll(TEXT)]
    .map(([, single, double]) => (single ?? double ?? '').replace(/\\(.)/g, '$1'))
    .filter((text) => SENTENCE.test(text) && !SAID_IN_CHAT.test(text));
