/** A piece of a message as WhatsApp shows it. Plain data: nothing in it is ever read as HTML. */
export type Span =
  | { kind: 'text'; text: string }
  | { kind: 'code'; text: string }
  | { kind: 'link'; url: string }
  | { kind: 'bold' | 'italic' | 'strike'; spans: Span[] };

const MARKS = { '*': 'bold', _: 'italic', '~': 'strike' } as const;
type Mark = keyof typeof MARKS;

const MAX_DEPTH = 3; // one of each kind; WhatsApp nests no mark in itself
const LINK = /^https?:\/\/[^\s<>"']+/i;
const LINK_TAIL = /[.,;:!?)\]}*_~]+$/; // the sentence's, not the address's
const WORD = /[\p{L}\p{N}]/u;

/**
 * Reads WhatsApp's marks: *bold* _italic_ ~strike~ ```mono``` `code`, and addresses. A mark counts at the edge of a word
 * only, hugs its text, and ends on its own line (source: WhatsApp help, "How to format your messages").
 */
export const formatMessage = (text: string): Span[] => spansOf(text, new Set());

function spansOf(text: string, open: ReadonlySet<Mark>): Span[] {
  const spans: Span[] = [];
  let plain = '';
  const push = (span: Span) => {
    if (plain) spans.push({ kind: 'text', text: plain });
    plain = '';
    spans.push(span);
  };
  for (let at = 0; at < text.length; ) {
    const found = codeAt(text, at) ?? linkAt(text, at) ?? markAt(text, at, open);
    if (found) {
      push(found.span);
      at = found.end;
    } else {
      plain += text[at];
      at += 1;
    }
  }
  if (plain) spans.push({ kind: 'text', text: plain });
  return spans;
}

interface Found {
  span: Span;
  /** The index after it. */
  end: number;
}

function codeAt(text: string, at: number): Found | null {
  for (const fence of ['```', '`']) {
    if (!text.startsWith(fence, at)) continue;
    const end = text.indexOf(fence, at + fence.length);
    const inside = text.slice(at + fence.length, end);
    if (end < 0 || inside.trim() === '' || (fence === '`' && inside.includes('\n'))) continue;
    return { span: { kind: 'code', text: inside }, end: end + fence.length };
  }
  return null;
}

function linkAt(text: string, at: number): Found | null {
  if (text[at] !== 'h' && text[at] !== 'H') return null;
  if (at > 0 && WORD.test(text[at - 1] ?? '')) return null;
  const url = LINK.exec(text.slice(at))?.[0].replace(LINK_TAIL, '');
  return url && URL.canParse(url) ? { span: { kind: 'link', url }, end: at + url.length } : null;
}

function markAt(text: string, at: number, open: ReadonlySet<Mark>): Found | null {
  const mark = text[at] as Mark;
  if (!Object.hasOwn(MARKS, mark) || open.has(mark) || open.size >= MAX_DEPTH) return null;
  if (WORD.test(text[at - 1] ?? '') || isBlank(text[at + 1]) || text[at + 1] === mark) return null;
  for (let end = at + 2; end < text.length && text[end] !== '\n'; end += 1) {
    if (text[end] !== mark || isBlank(text[end - 1]) || WORD.test(text[end + 1] ?? '')) continue;
    const spans = spansOf(text.slice(at + 1, end), new Set([...open, mark]));
    return { span: { kind: MARKS[mark], spans }, end: end + 1 };
  }
  return null;
}

const isBlank = (character: string | undefined): boolean => character === undefined || /\s/.test(character);
