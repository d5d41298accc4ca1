/** What one file imports: the specifier as it is written. */
export interface Import {
  from: string;
  specifier: string;
}

/** Everything that a file names as its source, types, re-exports and dynamic imports included. */
export function importsOf(path: string, source: string): Import[] {
  const code = withoutComments(source);
  const found = [STATIC, BARE, DYNAMIC, REQUIRED].flatMap((form) => [...code.matchAll(form)]);
  return [...new Set(found.map((match) => match[1] ?? ''))].map((specifier) => ({ from: path, specifier }));
}

// A statement begins its line: that is how the formatter leaves it, and how a quoted example in a test differs from one
const STATIC = /^(?:import|export)\s[^;'"]*?\bfrom\s*['"]([^'"\n]+)['"]/gm;
const BARE = /^import\s*['"]([^'"\n]+)['"]/gm;
// Also the type `import('./x.ts').X`, and the mock of a module
const DYNAMIC = /\b(?:import|vi\.mock)\(\s*['"]([^'"\n]+)['"]/g;
const REQUIRED = /\brequire(?:\.resolve)?\(\s*['"]([^'"\n]+)['"]/g;

/** A string is not a comment's beginning; one that holds a bracket is no specifier, but perhaps a quoted example. */
function withoutComments(source: string): string {
  const piece = /'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g;
  return source.replace(piece, (text) => (text.startsWith('/') || text.includes('(') ? ' ' : text));
}
