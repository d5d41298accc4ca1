import type { Rendering } from './rendering.ts';

export interface HelperArgument {
  name: string;
  /** What is expected, in words of an author: text, number, date, list, object, yes or no, value. */
  type: string;
  optional?: true;
  /** Only as `name=value`; every other argument may be given this way too. */
  named?: true;
  /** As many as the author likes: behind the others, or with any names where `named`. */
  rest?: true;
}

/** What an author reads about a helper; the editor completes from it, and a test runs every example. */
export interface HelperDocs {
  name: string;
  group: HelperGroup;
  summary: string;
  arguments: HelperArgument[];
  result: string;
  example: HelperExample;
}
export interface HelperExample {
  template: string;
  scope?: Record<string, unknown>;
  gives: unknown;
}
export const HELPER_GROUPS = [
  'dates',
  'numbers',
  'text',
  'patterns',
  'whatsapp',
  'lists',
  'json',
  'phones',
  'choice',
  'logic',
] as const;
export type HelperGroup = (typeof HELPER_GROUPS)[number];

/**
 * What a helper does: values by the place of their argument (undefined where left out), then those of `rest`; `names` are
 * the names of the rest where it is named. It never throws but for the budget: what it cannot use gives null, which renders
 * empty. It calls `makesText` or `makesList` before it makes what is longer than its values.
 */
export type HelperRun = (values: unknown[], rendering: Rendering, names: readonly string[]) => unknown;

export interface Helper extends HelperDocs {
  run: HelperRun;
}

/** A helper as it is written: `takes` reads as parameters in TypeScript, `value: date, format?: text; one?: text, ...: text`; behind `;` by name only. */
export interface HelperEntry {
  takes: string;
  gives: string;
  does: string;
  example: [template: string, gives: unknown, scope?: Record<string, unknown>];
  run: HelperRun;
}

/** `helpers` of one subject; the key is the helper's name. */
export const helperGroup = (group: HelperGroup, entries: Record<string, HelperEntry>): Helper[] =>
  Object.entries(entries).map(
    ([
      name,
      {
        takes,
        gives,
        does,
        example: [template, result, scope],
        run,
      },
    ]) => ({
      name,
      group,
      summary: does,
      arguments: argumentsOf(takes),
      result: gives,
      example: { template, ...(scope && { scope }), gives: result },
      run,
    }),
  );

function argumentsOf(takes: string): HelperArgument[] {
  const [places = '', names = ''] = takes.split(';');
  const read = (text: string, named: boolean): HelperArgument[] =>
    text
      .split(',')
      .filter((one) => one.trim() !== '')
      .map((one) => {
        const [, rest, name = '', optional, type = ''] = /^\s*(\.\.\.)?(\w*)(\?)?: ([\w ]+?)\s*$/.exec(one) ?? [];
        return {
          name: name || 'name',
          type,
          ...(optional && { optional: true as const }),
          ...(named && { named: true as const }),
          ...(rest && { rest: true as const }),
        };
      });
  return [...read(places, false), ...read(names, true)];
}
