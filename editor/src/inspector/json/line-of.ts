/** The line (from 1) of a JSON text where the value of a JSON pointer begins, or of the nearest one around it. */
export function lineOf(text: string, pointer: string): number {
  const wanted = pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  let at = 0;
  let best = 0;
  walk(0);
  return text.slice(0, best).split('\n').length;

  /** Reads one value; `depth` parts of the way led to it, -1 where it lies beside the way. */
  function walk(depth: number): void {
    blank();
    if (depth >= 0) best = at;
    const sign = text[at];
    if (sign === '{' || sign === '[') members(sign === '{' ? '}' : ']', depth);
    else if (sign === '"') string();
    else while (at < text.length && !/[\s,\]}]/.test(text[at] ?? '')) at++;
  }

  function members(close: string, depth: number): void {
    at++;
    for (let index = 0; ; index++) {
      blank();
      if (at >= text.length || text[at] === close) break;
      let key = String(index);
      if (close === '}') {
        key = string();
        blank();
        at++; // the colon
      }
      walk(depth >= 0 && wanted[depth] === key ? depth + 1 : -1);
      blank();
      if (text[at] === ',') at++;
    }
    at++;
  }

  function string(): string {
    const start = at++;
    while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
    at++;
    try {
      return String(JSON.parse(text.slice(start, at)));
    } catch {
      return '';
    }
  }

  function blank(): void {
    while (/\s/.test(text[at] ?? '')) at++;
  }
}
