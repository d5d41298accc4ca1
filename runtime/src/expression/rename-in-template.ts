import Handlebars from 'handlebars';

interface Found {
  path: hbs.AST.PathExpression;
  /** How many `#each` it stands in: that many `../` lead out to the variables. */
  loops: number;
  /** Names that stand for an item here. */
  items: readonly string[];
}

/**
 * A template with a variable renamed wherever it is read, found in the parsed template: the same letters in the text, in
 * a helper's name, or as a field of a loop's item stay. `order` also renames `order.number`. One that cannot be read
 * comes back as it is.
 * @example renameInTemplate('Hi {{name}}, your name', 'name', 'first') === 'Hi {{first}}, your name'
 */
export function renameInTemplate(source: string, from: string, to: string): string {
  if (!source.includes('{{')) return source;
  const places = pathsIn(source)
    .filter((found) => readsVariable(found, from))
    .map(({ path }) => spanOf(path, from, source))
    .filter((span) => span !== null)
    .sort((one, other) => other.start - one.start);
  return places.reduce((text, { start, end }) => text.slice(0, start) + to + text.slice(end), source);
}

function pathsIn(source: string): Found[] {
  try {
    const found: Found[] = [];
    collect(Handlebars.parse(source), { loops: 0, items: [] }, found);
    return found;
  } catch {
    return [];
  }
}

type Scope = Omit<Found, 'path'>;

function collect(node: hbs.AST.Node | undefined, scope: Scope, found: Found[]): void {
  if (!node) return;
  switch (node.type) {
    case 'Program':
      for (const one of (node as hbs.AST.Program).body) collect(one, scope, found);
      return;
    case 'PathExpression':
      found.push({ path: node as hbs.AST.PathExpression, ...scope });
      return;
    case 'MustacheStatement':
    case 'SubExpression': {
      const { path, params, hash } = node as hbs.AST.MustacheStatement;
      // With values behind it, the first name is a helper's
      const isCall = params.length > 0 || (hash?.pairs.length ?? 0) > 0 || node.type === 'SubExpression';
      if (!isCall) collect(path, scope, found);
      for (const value of [...params, ...(hash?.pairs ?? []).map((pair) => pair.value)]) collect(value, scope, found);
      return;
    }
    case 'BlockStatement': {
      const { path, params, program, inverse } = node as hbs.AST.BlockStatement;
      for (const value of params) collect(value, scope, found);
      const isLoop = (path as hbs.AST.PathExpression).original === 'each';
      const items = [...scope.items, ...(program.blockParams ?? [])];
      collect(program, isLoop ? { loops: scope.loops + 1, items } : scope, found);
      collect(inverse, scope, found);
    }
  }
}

function readsVariable({ path, loops, items }: Found, from: string): boolean {
  const parts = path.parts.filter((part) => typeof part === 'string');
  const name = (path.data && parts[0] === 'root' ? parts.slice(1) : parts).join('.');
  if (name !== from && !name.startsWith(`${from}.`)) return false;
  if (path.data) return parts[0] === 'root';
  return path.depth === loops && !(path.depth === 0 && items.includes(parts[0] ?? ''));
}

/** Where the name stands in the source; null where it is written in a way of its own, as `[order]`. */
function spanOf(path: hbs.AST.PathExpression, from: string, source: string): { start: number; end: number } | null {
  const written = source.slice(offsetOf(path.loc.start, source), offsetOf(path.loc.end, source));
  const before = /^(?:@root\.|(?:\.\.\/)+)?/.exec(written)?.[0].length ?? 0;
  if (!written.startsWith(from, before)) return null;
  const start = offsetOf(path.loc.start, source) + before;
  return { start, end: start + from.length };
}

function offsetOf({ line, column }: hbs.AST.Position, source: string): number {
  let start = 0;
  for (let at = 1; at < line; at++) start = source.indexOf('\n', start) + 1;
  return start + column;
}
