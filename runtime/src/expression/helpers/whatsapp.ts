import { type HelperRun, helperGroup } from '../helper.ts';
import { valueToText } from '../value.ts';

/**
 * WhatsApp knows no escape: a mark inside of a text ends the format around it, or begins one. Each becomes a sign of its
 * own that looks the same.
 */
const LOOKALIKES: Record<string, string> = { '*': '∗', _: 'ˍ', '~': '∼', '`': 'ˋ' };
const MARKS = /[*_~`]/g;

const escaped = (text: string): string => text.replace(MARKS, (mark) => LOOKALIKES[mark] ?? mark);

/** WhatsApp formats within a line, and only where the mark touches a letter on its inner side. */
const between =
  (mark: string): HelperRun =>
  ([value], rendering) => {
    const lines = escaped(valueToText(value)).split('\n');
    rendering.makesText(lines.reduce((sum, line) => sum + line.length + 1 + 2 * mark.length, 0));
    return lines.map((line) => line.replace(/\S(?:.*\S)?/, (inner) => mark + inner + mark)).join('\n');
  };

const inFront =
  (mark: string): HelperRun =>
  ([value], rendering) => {
    const lines = valueToText(value).split('\n');
    rendering.makesText(lines.reduce((sum, line) => sum + line.length + 1 + mark.length, 0));
    return lines.map((line) => mark + line).join('\n');
  };

const scope = { total: '19 €', note: 'ring *twice*\nplease' };

/** The formats of WhatsApp's texts; what people typed cannot break them. */
export const whatsappHelpers = helperGroup('whatsapp', {
  bold: {
    takes: 'text: text',
    gives: 'text',
    does: 'The text in bold; marks in it are shown as they are.',
    example: ['Total: {{bold total}}', 'Total: *19 €*', scope],
    run: between('*'),
  },
  italic: {
    takes: 'text: text',
    gives: 'text',
    does: 'The text in italics.',
    example: ['{{italic note}}', '_ring ∗twice∗_\n_please_', scope],
    run: between('_'),
  },
  strike: {
    takes: 'text: text',
    gives: 'text',
    does: 'The text struck through.',
    example: ['{{strike total}}', '~19 €~', scope],
    run: between('~'),
  },
  mono: {
    takes: 'text: text',
    gives: 'text',
    does: 'The text in letters of one width.',
    example: ['{{mono "AB-12"}}', '```AB-12```'],
    run: between('```'),
  },
  code: {
    takes: 'text: text',
    gives: 'text',
    does: 'The text as inline code.',
    example: ['{{code "AB-12"}}', '`AB-12`'],
    run: between('`'),
  },
  quote: {
    takes: 'text: text',
    gives: 'text',
    does: 'The text as a quotation.',
    example: ['{{quote note}}', '> ring *twice*\n> please', scope],
    run: inFront('> '),
  },
  plain: {
    takes: 'text: text',
    gives: 'text',
    does: 'The text without formats: its marks are shown as they are. For words that people typed.',
    example: ['{{plain note}}', 'ring ∗twice∗\nplease', scope],
    run: ([value]) => escaped(valueToText(value)),
  },
});
