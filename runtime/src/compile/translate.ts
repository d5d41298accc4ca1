import type { Flow } from '../flow/flow.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';

/**
 * The flow's translation for a person's language: `pt-BR`, else `pt`, else another `pt-…`; null where the flow's own words
 * are the right ones, or the only ones.
 */
export function translationFor(flow: Flow, language: string | null): string | null {
  if (language === null) return null;
  const wanted = language.toLowerCase().replaceAll('_', '-');
  const [base] = wanted.split('-');
  const known = Object.keys(flow.translations);
  const named = (name: string) => known.find((one) => one.toLowerCase() === name);
  const exact = named(wanted);
  if (exact) return exact;
  const own = flow.settings.language.toLowerCase();
  if (own === wanted || own.split('-')[0] === base) return null;
  return named(base ?? '') ?? known.find((one) => one.toLowerCase().split('-')[0] === base) ?? null;
}

/** The parts of a node's translations: `menu.buttons.yes.title` is `buttons.yes.title` of the node `menu`. */
export function textsOf(flow: Flow, language: string, node: string): Map<string, string> {
  const texts = flow.translations[language] ?? {};
  const prefix = `${node}.`;
  return new Map(
    Object.entries(texts)
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, text]) => [key.slice(prefix.length), text]),
  );
}

/** Ids and the payloads of a template's buttons are ports. */
const NO_TEXT = new Set(['id', 'payload']);

/**
 * The config with its texts replaced. List items go by their id where they have one, else by their position; ids and
 * payloads stay. `used` collects the keys that were found.
 */
export function translateConfig(
  config: JsonObject,
  texts: ReadonlyMap<string, string>,
  literal: readonly string[],
  used: Set<string> = new Set(),
): JsonObject {
  const walk = (value: Json, paths: string[]): Json => {
    if (typeof value === 'string') {
      const key = paths.find((path) => texts.has(path));
      if (key === undefined) return value;
      used.add(key);
      return texts.get(key) ?? value;
    }
    if (Array.isArray(value))
      return value.map((item, index) => {
        const id = isObject(item) && typeof item.id === 'string' ? [item.id] : [];
        return walk(item, join(paths, [...id, String(index)]));
      });
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, NO_TEXT.has(key) ? item : walk(item, join(paths, [key]))]),
    );
  };
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => [key, literal.includes(key) ? value : walk(value, [key])]),
  );
}

const join = (paths: string[], names: string[]): string[] =>
  paths.flatMap((path) => names.map((name) => `${path}.${name}`));
