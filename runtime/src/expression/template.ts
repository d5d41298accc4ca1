import type { Json } from '../json.ts';
import type { Locale } from './locale.ts';
import { plainJson, plainText } from './plain.ts';
import { Rendering } from './rendering.ts';
import { valueToText } from './value.ts';

export { MAX_TEMPLATE_OUTPUT, MAX_TEMPLATE_STEPS, TemplateLimit } from './rendering.ts';

/**
 * Where a rendering stands: the scope itself, or an item of a loop. A loop has one frame for all its items, changed from
 * item to item: a frame is read while its item is rendered and never kept.
 */
export class Frame {
  readonly root: unknown;
  readonly parent: Frame | null;
  self: unknown;
  /** Of a loop: the item's place, its name where the loop walks an object, and whether it is the last. */
  index = 0;
  key: string | number = 0;
  last = false;

  constructor(root: unknown, self: unknown, parent: Frame | null) {
    this.root = root;
    this.self = self;
    this.parent = parent;
  }
}

export type Part = (frame: Frame, rendering: Rendering) => string;
export type Expression = (frame: Frame, rendering: Rendering) => unknown;

/** A template that was read once: `write` gives the text; `value` is there where the whole template is one expression. */
export interface Template {
  readonly source: string;
  readonly write: Part;
  readonly value: Expression | null;
  /** Paths that the template reads from the scope, for the check of unknown variables. */
  readonly reads: readonly string[];
}

/**
 * Renders a template against a scope of plain JSON. Unknown names render empty. Language, zone and time are those of
 * `locale`, else English, UTC and the scope's `now`. The text is well-formed Unicode without NUL and without the marks
 * that turn the direction of what follows. Throws `TemplateLimit` beyond the budget.
 */
export function renderText(template: Template, scope: unknown, locale?: Locale): string {
  return plainText(template.write(new Frame(scope, scope, null), new Rendering(scope, locale)));
}

/** Like `renderText`, but a lone `{{expression}}` keeps the type of its value, which is always JSON. */
export function renderValue(template: Template, scope: unknown, locale?: Locale): Json {
  if (!template.value) return renderText(template, scope, locale);
  const rendering = new Rendering(scope, locale);
  return plainJson(template.value(new Frame(scope, scope, null), rendering), rendering);
}

export const asText = (value: unknown, rendering: Rendering): string => {
  if (typeof value === 'string') return rendering.write(value);
  if (Array.isArray(value)) rendering.call([value]);
  return rendering.write(valueToText(value));
};
