import Handlebars from 'handlebars';
import { blockOf } from './blocks.ts';
import { expressionOf, type Reader } from './expressions.ts';
import { TemplateFault } from './fault.ts';
import { asText, type Part, type Template } from './template.ts';

const MAX_TEMPLATE_SOURCE = 4_096; // characters: the parser is worse than linear, 4 kB stay under 100 ms
const MAX_NESTING = 8; // scanned before parsing: deep nesting overflows the parser's stack

export interface TemplateProblem {
  code: 'too_long' | 'too_deep' | 'syntax' | 'not_allowed';
  message: string;
}

/**
 * Reads a template with Handlebars' parser into functions of our own: nothing is compiled, so it runs under a strict CSP.
 * Problems are answered, not thrown; the message says what to change.
 */
export function readTemplate(
  source: string,
): { template: Template; problem?: undefined } | { template?: undefined; problem: TemplateProblem } {
  // A flow is JSON that anyone may send: an object in a text's place would be taken for a tree that was parsed already.
  if (typeof source !== 'string') return refuse('not_allowed', 'A template is a text; write it in quotes.');
  if (!source.includes('{{'))
    return { template: { source, write: (_, rendering) => rendering.write(source), value: null, reads: [] } };
  if (source.length > MAX_TEMPLATE_SOURCE) {
    return refuse(
      'too_long',
      `A template holds at most ${MAX_TEMPLATE_SOURCE} characters; split it over several nodes.`,
    );
  }
  if (nestingOf(source) > MAX_NESTING)
    return refuse('too_deep', `Nest at most ${MAX_NESTING} blocks or calls in a template.`);
  try {
    const program = Handlebars.parse(source);
    const reader: Reader = { reads: [], loops: [], writeOf: (inner) => joined(partsOf(inner, reader)) };
    const write = reader.writeOf(program);
    const [only] = program.body;
    const value =
      program.body.length === 1 && only?.type === 'MustacheStatement'
        ? expressionOf(only as hbs.AST.MustacheStatement, { ...reader, reads: [] })
        : null;
    return { template: { source, write, value, reads: reader.reads } };
  } catch (error) {
    if (error instanceof TemplateFault) return refuse('not_allowed', error.message);
    return refuse('syntax', syntaxWords(error));
  }
}

const refuse = (code: TemplateProblem['code'], message: string) => ({ problem: { code, message } });

function partsOf(program: hbs.AST.Program, reader: Reader): Part[] {
  return program.body.flatMap((statement): Part[] => {
    switch (statement.type) {
      case 'ContentStatement': {
        const text = (statement as hbs.AST.ContentStatement).value;
        return [(_, rendering) => rendering.write(text)];
      }
      case 'CommentStatement':
        return [];
      case 'MustacheStatement': {
        const value = expressionOf(statement as hbs.AST.MustacheStatement, reader);
        return [(frame, rendering) => asText(value(frame, rendering), rendering)];
      }
      case 'BlockStatement':
        return [blockOf(statement as hbs.AST.BlockStatement, reader)];
      default:
        throw new TemplateFault('Partials and decorators are not part of templates here. Write the text in its place.');
    }
  });
}

function joined(parts: Part[]): Part {
  const [only] = parts;
  if (only && parts.length === 1) return only;
  return (frame, rendering) => {
    let text = '';
    for (let i = 0; i < parts.length; i++) text += (parts[i] as Part)(frame, rendering);
    return text;
  };
}

/**
 * The deepest nesting of `{{#…}}` and `(…)`, without parsing. Brackets count only between `{{` and `}}`, outside
 * comments, quotes and `[names]`: nine sad smileys in a text are no calls.
 */
function nestingOf(source: string): number {
  let blocks = 0;
  let deepest = 0;
  for (let at = source.indexOf('{{'); at >= 0; at = source.indexOf('{{', at)) {
    const [opening, mark] = OPENING.exec(source.slice(at, at + 200)) ?? ['{{'];
    if (mark?.startsWith('!')) {
      const close = source.indexOf(mark === '!' ? '}}' : '--', at + opening.length);
      if (close < 0) return deepest;
      at = close + 2;
      continue;
    }
    if (mark === '#' || mark === '^') blocks++;
    if (mark === '/') blocks--;
    at += opening.length;
    let calls = 0;
    for (; at < source.length && !source.startsWith('}}', at); at++) {
      const char = source[at] as string;
      if (char === '(') calls++;
      else if (char === ')') calls--;
      else if (char in CLOSING) {
        const close = closingOf(source, at);
        if (close > 0) at = close;
      }
      deepest = Math.max(deepest, blocks + calls);
    }
  }
  return deepest;
}

/** `{{^}}` is an else, not a block. */
const OPENING = /^\{\{\{?~?\s*(!--|!|#|\/|\^(?!\s*~?\}))?/;
const CLOSING: Record<string, string> = { '"': '"', "'": "'", '[': ']' };

function closingOf(source: string, open: number): number {
  const closing = CLOSING[source[open] as string] as string;
  let at = source.indexOf(closing, open + 1);
  while (at > 0 && source[at - 1] === '\\') at = source.indexOf(closing, at + 1);
  return at;
}

/** The parser's message is four lines of token names; a person needs the line, the column and what is usual. */
function syntaxWords(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const line = /line (\d+)/i.exec(text)?.[1];
  const open = /^(\S+) doesn't match (\S+)/.exec(text);
  if (open) return `{{#${open[1]}}} is closed by {{/${open[2]}}}. Close each block with its own name.`;
  return `The template cannot be read${line ? ` at line ${line}` : ''}. Write names as {{contact.name}}, and close every {{#if}} with {{/if}}.`;
}
