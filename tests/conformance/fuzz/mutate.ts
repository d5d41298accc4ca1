import { isObject, type Json } from '@parley/runtime';
import type { Random } from './random.ts';

/** What does harm somewhere: types, lengths, encodings, names of prototypes, operators of the store. */
const HOSTILE: readonly (() => Json)[] = [
  () => null,
  () => true,
  () => 0,
  () => -1,
  () => 1e308,
  () => 12_345_678_901_234_567_000,
  () => 0.1,
  () => '',
  () => ' ',
  () => 'null',
  () => '\u0000',
  () => '\ud800',
  () => '👩‍👩‍👧‍👦\u202e',
  () => '__proto__',
  () => 'constructor',
  () => '%00%ff',
  () => "'; drop table",
  () => 'US.13491208655302741918',
  () => 'x'.repeat(20_000),
  () => [],
  () => ({}),
  () => ({ $ne: null }),
  () => ({ $where: 'sleep(1)' }),
  () => JSON.parse('{"__proto__":{"polluted":true},"constructor":1}'),
  () => [[[[[[]]]]]],
  () => Array.from({ length: 200 }, (_, at) => at),
];

interface Place {
  parent: Json[] | { [key: string]: Json };
  key: string | number;
}

/** A copy of a value in which one to three places are changed, dropped, doubled, of another type, nested or cut off. */
export function mutated(value: Json, random: Random): Json {
  const root: { [key: string]: Json } = { value: structuredClone(value) };
  for (let rounds = 1 + random.below(3); rounds > 0; rounds -= 1) {
    const places = placesOf(root);
    if (places.length > 0) mutate(random.pick(places), random);
  }
  return root.value ?? null;
}

function placesOf(parent: Place['parent']): Place[] {
  const keys = Array.isArray(parent) ? parent.keys().toArray() : Object.keys(parent);
  return keys.flatMap((key) => {
    const child = at({ parent, key });
    return [{ parent, key }, ...(Array.isArray(child) || isObject(child) ? placesOf(child as Place['parent']) : [])];
  });
}

const at = ({ parent, key }: Place): Json => (parent as { [key: string]: Json })[key] ?? null;

function put({ parent, key }: Place, value: Json): void {
  // As JSON.parse would: a property of its own, whatever it is called
  Object.defineProperty(parent, key, { value, writable: true, enumerable: true, configurable: true });
}

function mutate(place: Place, random: Random): void {
  const value = at(place);
  const { parent, key } = place;
  switch (random.below(6)) {
    case 0:
      put(place, random.pick(HOSTILE)());
      return;
    case 1:
      if (Array.isArray(parent)) parent.splice(Number(key), 1);
      else delete parent[key];
      return;
    case 2:
      if (Array.isArray(parent)) parent.splice(Number(key), 0, structuredClone(value));
      // Never an id beside itself: cut short, it would be looked for under its copy
      else if (typeof value === 'string') put(place, value + value);
      else parent[`${key}_2`] = structuredClone(value);
      return;
    case 3:
      put(place, retyped(value));
      return;
    case 4:
      put(place, random.chance(0.5) ? [value] : { [random.pick(['x', 'id', 'value', '__proto_'])]: value });
      return;
    default:
      put(place, truncated(value, random));
  }
}

function retyped(value: Json): Json {
  if (typeof value === 'string') return Number.isFinite(Number(value)) && value !== '' ? Number(value) : [value];
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return Object.fromEntries(value.entries());
  return isObject(value) ? Object.values(value) : 'null';
}

function truncated(value: Json, random: Random): Json {
  if (typeof value === 'string') return value.slice(0, random.below(value.length + 1));
  if (Array.isArray(value)) return value.slice(0, random.below(value.length + 1));
  if (!isObject(value)) return 0;
  const entries = Object.entries(value);
  return Object.fromEntries(entries.slice(0, random.below(entries.length + 1))) as Json;
}

const SIGNS = [...'{}[]",:\\&=%+;\u0000\u0001\n\ufeff\ud800é👍019aZ'];

/** A text in which one to three stretches are changed, dropped, doubled or cut off. */
export function mutatedText(text: string, random: Random): string {
  let changed = text;
  for (let rounds = 1 + random.below(3); rounds > 0; rounds -= 1) {
    const from = random.below(changed.length + 1);
    const to = Math.min(changed.length, from + 1 + random.below(random.chance(0.2) ? 200 : 4));
    const [before, middle, after] = [changed.slice(0, from), changed.slice(from, to), changed.slice(to)];
    const replaced = [random.pick(SIGNS), '', middle + middle, random.pick(SIGNS) + middle];
    changed = random.chance(0.05) ? before : before + random.pick(replaced) + after;
  }
  return changed;
}
