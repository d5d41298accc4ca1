/** WhatsApp's own marks; lists and quotes begin each line instead. */
export const MARKS = ['bold', 'italic', 'strike', 'mono', 'list', 'quote'] as const;
export type Mark = (typeof MARKS)[number];

const AROUND: Partial<Record<Mark, string>> = { bold: '*', italic: '_', strike: '~', mono: '```' };
const BEFORE: Partial<Record<Mark, string>> = { list: '- ', quote: '> ' };

export interface Marked {
  text: string;
  /** What is selected then. */
  from: number;
  to: number;
}

/** Puts a mark around the selection, or at the beginning of its lines; takes it away where it is there already. */
export function toggleMark(text: string, from: number, to: number, mark: Mark): Marked {
  const around = AROUND[mark];
  return around === undefined ? onLines(text, from, to, BEFORE[mark] ?? '') : onWords(text, from, to, around);
}

function onWords(text: string, from: number, to: number, sign: string): Marked {
  const inner = text.slice(from, to);
  // WhatsApp reads a mark only where it hugs its words
  const start = from + (inner.length - inner.trimStart().length);
  const end = Math.max(start, to - (inner.length - inner.trimEnd().length));
  const isMarked = text.slice(start - sign.length, start) === sign && text.slice(end, end + sign.length) === sign;
  if (isMarked)
    return {
      text: text.slice(0, start - sign.length) + text.slice(start, end) + text.slice(end + sign.length),
      from: start - sign.length,
      to: end - sign.length,
    };
  return {
    text: `${text.slice(0, start)}${sign}${text.slice(start, end)}${sign}${text.slice(end)}`,
    from: start + sign.length,
    to: end + sign.length,
  };
}

function onLines(text: string, from: number, to: number, sign: string): Marked {
  const start = text.lastIndexOf('\n', from - 1) + 1;
  const next = text.indexOf('\n', to);
  const end = next < 0 ? text.length : next;
  const lines = text.slice(start, end).split('\n');
  const isMarked = lines.every((line) => line.startsWith(sign));
  const changed = lines.map((line) => (isMarked ? line.slice(sign.length) : sign + line)).join('\n');
  return { text: text.slice(0, start) + changed + text.slice(end), from: start, to: start + changed.length };
}
