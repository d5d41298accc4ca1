import { HELPERS, isObject, type NodeType } from '@parley/runtime';
import { z } from 'zod';
import { LABELS, OPTION_LABELS, VARIANT_LABELS } from './labels.ts';

const WORDS = ['label', 'hint', 'placeholder', 'title', 'description'];
const ADDED_PORTS = ['timeout', 'error', 'ordered']; // what a node has that waits, sends, calls, or expects an order

/** English that forms show beside what a type's schema says: labels that several types share, and what helpers do. */
const SHARED = [
  ...[LABELS, OPTION_LABELS, VARIANT_LABELS].flatMap((labels) => Object.values(labels)),
  ...HELPERS.map(({ summary }) => summary),
];

/** Every English word that node types bring along: what `useNodeWords` may be asked for. Sorted, each once. */
export function englishWords(types: readonly NodeType[]): string[] {
  const found = new Set<string>([...ADDED_PORTS, ...SHARED]);
  for (const { title, description, group, schema, ports } of types) {
    for (const word of [title, description, group]) found.add(word);
    collect(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }), found);
    const config = schema.safeParse({});
    if (config.success) for (const port of ports(config.data)) found.add(port);
  }
  return [...found].filter((word) => word.trim() !== '').sort();
}

/** A field's words stand beside its type; names of fields that happen to be `title` hold schemas, not texts. */
function collect(part: unknown, found: Set<string>): void {
  if (Array.isArray(part)) for (const one of part) collect(one, found);
  if (!isObject(part)) return;
  for (const word of WORDS) if (typeof part[word] === 'string') found.add(part[word]);
  const names = isObject(part.options) ? Object.values(part.options) : Array.isArray(part.enum) ? part.enum : [];
  for (const name of names) if (typeof name === 'string') found.add(name);
  for (const [key, value] of Object.entries(part))
    if (!['options', 'enum', 'default', 'const'].includes(key)) collect(value, found);
}
