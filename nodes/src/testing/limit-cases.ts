import { checkFlow, Flow, isObject, type NodeType, type NodeTypes, pointer } from '@parley/runtime';
import { type Applied, type Path, type Rule, rulesOf } from './rules.ts';

type Config = Record<string, unknown>;

/** A config at the limit, which is accepted, and one just beyond it, which is refused at `path`. */
export interface LimitCase {
  rule: string;
  good: Config;
  bad: Config;
  path: string;
}

/** Rules whose own code decides and that no value of one field can break; `bad` is refused at `path`. */
export interface OwnLimit {
  type: string;
  /** The rule, as `rulesOf` names it. */
  rule: string;
  good: Config;
  bad: Config;
  path: string;
}

/** Texts that are no value for a field with a rule of its own: each is tried until one is refused for that rule. */
const WRONG = ['', ' ', '__proto__', 'a b', 'a..b', '{', '(', 'P2Y', '99:99', 'Nowhere/City', '13-41', 'ok', 'XX'];

/**
 * For every rule of the type a pair of configs that proves it, made from the samples; `missing` names the rules for which
 * none was found: no sample has the field, the limit itself is refused, or what lies beyond it is not.
 */
export function limitCases(type: NodeType, nodeTypes: NodeTypes, samples: readonly Config[], own: readonly OwnLimit[]) {
  const rules = [...new Set([...rulesOf(type.schema, null)].map(({ rule }) => rule.name))];
  const met = Map.groupBy(
    samples.flatMap((sample) =>
      [...rulesOf(type.schema, { value: sample, path: [] })].map((one) => ({ ...one, sample })),
    ),
    ({ rule }) => rule.name,
  );
  const cases: LimitCase[] = [];
  const missing: string[] = [];
  for (const rule of rules) {
    const written = own.filter((one) => one.type === type.type && one.rule === rule);
    if (written.length > 0) cases.push(...written);
    else {
      const found = (met.get(rule) ?? [])
        .flatMap((one) => [...pairsOf(one)])
        .find((pair) => holds(type, nodeTypes, pair));
      if (found) cases.push(found);
      else missing.push(met.has(rule) ? rule : `${rule} (no sample has it)`);
    }
  }
  return { cases, missing };
}

/** What the check says of this config, as JSON pointers into it. */
export function refusals(type: NodeType, nodeTypes: NodeTypes, config: Config): string[] {
  const flow = Flow.parse({ format: 'parley.flow/1', nodes: [{ id: 'it', type: type.type, config }] });
  const at = '/nodes/0/config';
  // Where the config names other nodes, none of them is there: that is no matter of its limits
  return checkFlow(flow, nodeTypes)
    .filter(({ path, code, severity }) => severity === 'error' && path.startsWith(at) && code !== 'unknown_node')
    .map(({ path }) => path.slice(at.length));
}

const holds = (type: NodeType, nodeTypes: NodeTypes, { good, bad, path }: LimitCase): boolean =>
  refusals(type, nodeTypes, good).length === 0 && refusals(type, nodeTypes, bad).some((at) => isAt(at, path));

export const isAt = (at: string, path: string): boolean => at === path || at.startsWith(`${path}/`);

function* pairsOf({ rule, path, value, key, sample }: Applied & { sample: Config }): Generator<LimitCase> {
  for (const [good, bad] of valuesFor(rule, value)) {
    const change = (given: unknown) => (key ? renamed(sample, path, String(given)) : changed(sample, path, given));
    const at = key ? [...path.slice(0, -1), String(bad)] : path;
    yield { rule: rule.name, good: change(good), bad: change(bad), path: pointer(at) };
  }
}

/** Pairs of a value at the limit and one beyond it; several, since a text may also have to be a name or an address. */
function* valuesFor({ kind, limit, pattern }: Rule, value: unknown): Generator<[good: unknown, bad: unknown]> {
  const text = typeof value === 'string' ? value : '';
  const list = Array.isArray(value) ? value : [];
  switch (kind) {
    case 'longest':
      for (const make of [stretched, stretchedInside, filled]) yield [make(text, limit), make(text, limit + 1)];
      return;
    case 'shortest':
      yield [text.slice(0, limit), text.slice(0, limit - 1)];
      yield ['x'.repeat(limit), 'x'.repeat(limit - 1)];
      // No address and no name of a zone is that short: then only what lies beyond the limit is shown
      yield [text, text.slice(0, limit - 1)];
      return;
    case 'most items':
      yield [grown(list, limit), grown(list, limit + 1)];
      return;
    case 'fewest items':
      yield [grown(list, limit), grown(list, limit - 1)];
      return;
    case 'highest':
      yield [limit, limit + 1];
      return;
    case 'lowest':
      yield [limit, limit - 1];
      return;
    case 'whole':
      yield [value, 1.5];
      return;
    case 'known fields':
      yield [value, { ...(value as object), noSuchField: 1 }];
      return;
    case 'one of':
      yield [value, 'no such'];
      return;
    case 'pattern':
      for (const wrong of WRONG) if (!pattern?.test(wrong)) yield [value, wrong];
      return;
    case 'own':
      if (typeof value === 'string') for (const wrong of WRONG) yield [value, wrong];
  }
}

const stretched = (text: string, length: number): string =>
  text.length > length ? text.slice(0, length) : text + (text.at(-1) ?? 'x').repeat(length - text.length);
/** For words in the middle of which more may stand: https://x.example/aaa. */
const stretchedInside = (text: string, length: number): string => `${text}a`.padEnd(length, 'a').slice(0, length);
/** For fields with a rule of their own, which what a template becomes is held to only later. */
const filled = (_: string, length: number): string => `{{${'x'.repeat(Math.max(1, length - 4))}}}`;

/** As many items as wanted, each with ids and titles of its own. */
const grown = (list: readonly unknown[], length: number): unknown[] =>
  Array.from({ length }, (_, index) => list[index] ?? numbered(list[0], index));

function numbered(item: unknown, index: number): unknown {
  if (typeof item === 'string') return item;
  if (Array.isArray(item)) return item.map((one) => numbered(one, index));
  if (!isObject(item)) return item;
  const own = (key: string, value: unknown) =>
    (key === 'id' || key === 'title') && typeof value === 'string' ? `${value}${index}` : numbered(value, index);
  return Object.fromEntries(Object.entries(item).map(([key, value]) => [key, own(key, value)]));
}

function changed(config: Config, path: Path, value: unknown): Config {
  if (path.length === 0) return value as Config;
  const copy = structuredClone(config);
  const last = path.at(-1) ?? '';
  const holder = path.slice(0, -1).reduce<Config>((inner, key) => inner[key] as Config, copy);
  holder[last] = value;
  return copy;
}

/** Another name for an entry of a record. */
function renamed(config: Config, path: Path, name: string): Config {
  const holder = path.slice(0, -1);
  const record = holder.reduce<Config>((inner, key) => inner[key] as Config, config);
  const entries = Object.entries(record).map(([key, value]) => [key === path.at(-1) ? name : key, value]);
  return changed(config, holder, Object.fromEntries(entries));
}
