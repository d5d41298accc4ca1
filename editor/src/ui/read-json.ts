export type ReadJson =
  | { ok: true; value: Record<string, unknown> }
  | { ok: false; message: string; position: number | null };

/** Reads a JSON object as a person typed it; what is wrong is said with its line. */
export function readJsonObject(text: string): ReadJson {
  if (text.trim() === '') return { ok: false, message: 'There is nothing here yet. Paste JSON.', position: null };
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return { ok: true, value: value as Record<string, unknown> };
    return { ok: false, message: 'This is JSON, but not an object. It must begin with { and end with }.', position: 0 };
  } catch (error) {
    const position = positionIn(error instanceof Error ? error.message : '', text);
    if (position === null)
      return { ok: false, message: 'This is not JSON. Check its quotes, commas and braces.', position };
    const before = text.slice(0, position).split('\n');
    const column = (before.at(-1) ?? '').length + 1;
    return {
      ok: false,
      message: `This is not JSON: look at line ${before.length}, column ${column}. A comma, a quote or a brace is missing or too many.`,
      position,
    };
  }
}

/** V8 says "at position 12", Firefox "at line 2 column 3"; Safari says neither. */
function positionIn(message: string, text: string): number | null {
  const position = /position (\d+)/.exec(message)?.[1];
  if (position !== undefined) return Number(position);
  if (/end of (JSON input|data)/.test(message)) return text.length;
  const [, line, column] = /line (\d+) column (\d+)/.exec(message) ?? [];
  if (line === undefined || column === undefined) return null;
  const before = text.split('\n').slice(0, Number(line) - 1);
  return before.reduce((sum, one) => sum + one.length + 1, 0) + Number(column) - 1;
}
