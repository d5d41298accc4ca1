import type { Json } from '../json.ts';
import { valueToNumber, valueToText } from './value.ts';

export const MAX_TEMPLATE_SOURCE = 4_096; // characters: the parser is worse than linear, 4 kB stay under 100 ms
export const MAX_TEMPLATE_STEPS = 2_000; // names read, helpers called, turns of a loop
export const MAX_TEMPLATE_OUTPUT = 16_384; // characters; the longest WhatsApp text holds 4,096

/** Thrown inside a rendering that runs too long; `renderText` turns it into a fault of the flow's author. */
export class TemplateLimit extends Error {
  override name = 'TemplateLimit';
}

export class Budget {
  steps = 0;
  length = 0;

  /** `weight` is 1, or more where a helper reads a long text or list. */
  step(weight = 1): void {
    this.steps += weight;
    if (this.steps > MAX_TEMPLATE_STEPS)
      throw new TemplateLimit(`a template takes more than ${MAX_TEMPLATE_STEPS} steps`);
  }

  write(text: string): string {
    this.length += text.length;
    if (this.length > MAX_TEMPLATE_OUTPUT)
      throw new TemplateLimit(`a template writes more than ${MAX_TEMPLATE_OUTPUT} characters`);
    return text;
  }
}

export interface Frame {
  readonly root: unknown;
  readonly self: unknown;
  readonly parent: Frame | null;
  readonly locals: Readonly<Record<string, unknown>> | null;
  readonly data: Readonly<Record<string, unknown>> | null;
}

export type Part = (frame: Frame, budget: Budget) => string;
export type Expression = (frame: Frame, budget: Budget) => unknown;

/** A template that was read once: `parts` write text; `value` is there where the whole template is one expression. */
export interface Template {
  readonly source: string;
  readonly parts: readonly Part[];
  readonly value: Expression | null;
  /** Paths that the template reads from the scope, for the check of unknown variables. */
  readonly reads: readonly string[];
}

const rootFrame = (scope: unknown): Frame => ({ root: scope, self: scope, parent: null, locals: null, data: null });

/** Renders a template against a scope of plain JSON. Unknown names render empty. Throws `TemplateLimit` beyond the budget. */
export function renderText(template: Template, scope: unknown): string {
  const budget = new Budget();
  const frame = rootFrame(scope);
  let text = '';
  for (const part of template.parts) text += part(frame, budget);
  return text;
}

/** Like `renderText`, but a lone `{{expression}}` keeps the type of its value. */
export function renderValue(template: Template, scope: unknown): Json {
  if (!template.value) return renderText(template, scope);
  const value = template.value(rootFrame(scope), new Budget());
  if (typeof value === 'number') return valueToNumber(value);
  return value === undefined || typeof value === 'function' ? null : (value as Json);
}

export const asText = (value: unknown, budget: Budget): string => budget.write(valueToText(value));
