import type { CaseResult } from './case-result.ts';

/** By suite: the tests in scope of each file, and what keeps the others out. */
export type Scope = Record<
  string,
  {
    /** File to the number of its tests in scope. */
    files: Record<string, number>;
    /** The skip list: an unlisted shape to the number of tests that send it. */
    unlisted: Record<string, number>;
  }
>;

/** A test counts when it reached the store with nothing but listed shapes, and nothing else keeps it from being run. */
export const isInScope = ({ outcome, unlisted, sent }: CaseResult): boolean =>
  outcome !== 'skipped' && unlisted.length === 0 && sent > 0;

export function scopeOf(results: CaseResult[]): Scope {
  const scope: Scope = {};
  for (const [suite, all] of Map.groupBy(results, (result) => result.suite)) {
    const inScope = Map.groupBy(all.filter(isInScope), ({ file }) => file);
    const unlisted = Map.groupBy(
      all.flatMap((result) => result.unlisted),
      (shape) => shape,
    );
    scope[suite] = { files: counted(inScope), unlisted: counted(unlisted) };
  }
  return scope;
}

const counted = (groups: Map<string, unknown[]>): Record<string, number> =>
  Object.fromEntries(
    [...groups].map(([name, all]) => [name, all.length] as const).sort(([a], [b]) => (a < b ? -1 : 1)),
  );

/** Where the skip list would grow: files with fewer tests in scope than were written down, and new reasons to skip. */
export function shrunk(name: string, known: Scope, now: Scope): string[] {
  const complaints: string[] = [];
  for (const [suite, { files, unlisted }] of Object.entries(now)) {
    const before = known[suite];
    if (!before) continue;
    for (const [file, count] of Object.entries(before.files)) {
      const left = files[file] ?? 0;
      if (left < count) complaints.push(`${name}: ${file} has ${left} tests in scope and had ${count}`);
    }
    for (const shape of Object.keys(unlisted)) {
      if (!(shape in before.unlisted)) complaints.push(`${name}: ${shape} is new on the skip list of ${suite}`);
    }
  }
  return complaints;
}
