const SPACE = /[ \t\n\r]*/y;
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/** What may come next: a value, a key, what stands between, or nothing more. */
type Expected = 'a value' | 'a key in double quotes' | '":"' | '"," or "}"' | '"," or "]"' | 'nothing more';

/**
 * Where a text stops being JSON, and what should stand there. `JSON.parse` tells the place only for some faults.
 * Line and column count from 1. Null for a text that is JSON.
 */
export function jsonFault(text: string): { line: number; column: number; expected: string } | null {
  const stack: ('{' | '[')[] = [];
  let expected: Expected = 'a value';
  let mayClose = false; // right behind an opening bracket
  let at = 0;
  const fault = (where: number, what: string = expected) => ({ ...placeIn(text, where), expected: what });
  const afterValue = (): Expected =>
    stack.length === 0 ? 'nothing more' : stack.at(-1) === '{' ? '"," or "}"' : '"," or "]"';

  for (;;) {
    at = skip(SPACE, text, at) ?? at;
    const sign = text[at];
    if (sign === undefined) return expected === 'nothing more' ? null : fault(at);
    const closes = mayClose || expected.startsWith('","');
    if (closes && sign === (stack.at(-1) === '{' ? '}' : ']')) {
      stack.pop();
      expected = afterValue();
      mayClose = false;
      at++;
      continue;
    }
    mayClose = false;
    if (expected === 'nothing more') return fault(at);
    if (expected === '":"') {
      if (sign !== ':') return fault(at);
      expected = 'a value';
      at++;
    } else if (expected.startsWith('","')) {
      if (sign !== ',') return fault(at);
      expected = stack.at(-1) === '{' ? 'a key in double quotes' : 'a value';
      at++;
    } else if (sign === '"') {
      const end = endOfString(text, at);
      if (typeof end === 'object') return fault(end.fault, end.expected);
      expected = expected === 'a value' ? afterValue() : '":"';
      at = end;
    } else if (expected === 'a key in double quotes') {
      return fault(at);
    } else if (sign === '{' || sign === '[') {
      stack.push(sign);
      expected = sign === '{' ? 'a key in double quotes' : 'a value';
      mayClose = true;
      at++;
    } else {
      const end = skip(SCALAR, text, at);
      if (end === null) return fault(at);
      expected = afterValue();
      at = end;
    }
  }
}

function endOfString(text: string, from: number): number | { fault: number; expected: string } {
  for (let at = from + 1; at < text.length; at++) {
    const sign = text[at] ?? '';
    if (sign === '"') return at + 1;
    if (sign < ' ') return { fault: at, expected: 'a closing quote (write a line break inside a text as \\n)' };
    if (sign === '\\') {
      const end = skip(ESCAPE, text, at);
      if (end === null) return { fault: at, expected: 'an escape such as \\n, \\" or \\u00e9' };
      at = end - 1;
    }
  }
  return { fault: text.length, expected: 'a closing quote' };
}

function skip(pattern: RegExp, text: string, at: number): number | null {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : null;
}

function placeIn(text: string, at: number): { line: number; column: number } {
  const before = text.slice(0, at).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
