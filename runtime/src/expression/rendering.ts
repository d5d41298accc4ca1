import type { Zone } from 'luxon';
import { DEFAULT_LANGUAGE, type Locale, languageOf, UTC, zoneOf } from './locale.ts';

export const MAX_TEMPLATE_STEPS = 2_000; // names read, helpers called, turns of a loop
export const MAX_TEMPLATE_OUTPUT = 16_384; // characters; the longest WhatsApp text holds 4,096
export const MAX_LIST = 10_000; // items of a list that a helper makes
const CELLS_A_STEP = 256; // characters or items that a helper reads or makes for one more step
const MAX_DEPTH = 64; // lists in lists; a session remembers no deeper ones

/** Thrown inside a rendering that runs too long; whoever renders turns it into a fault of the flow's author. */
export class TemplateLimit extends Error {
  override name = 'TemplateLimit';
}

/**
 * One rendering: what it may still cost, and the language, zone and time it happens in. Everything that a template makes
 * goes through here before it is made, so that no helper can be used to fill the memory.
 */
export class Rendering {
  steps = 0;
  length = 0;
  readonly #scope: unknown;
  readonly #locale: Locale | undefined;

  constructor(scope: unknown, locale: Locale | undefined) {
    this.#scope = scope;
    this.#locale = locale;
  }

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

  /** Called before a helper makes a text of so many characters. */
  makesText(characters: number): void {
    if (!(characters <= MAX_TEMPLATE_OUTPUT))
      throw new TemplateLimit(`a helper writes more than ${MAX_TEMPLATE_OUTPUT} characters`);
    this.step(Math.floor(characters / CELLS_A_STEP));
  }

  /** Called before a helper makes a list of so many items. */
  makesList(items: number): void {
    if (!(items <= MAX_LIST)) throw new TemplateLimit(`a helper makes a list of more than ${MAX_LIST} items`);
    this.step(Math.floor(items / CELLS_A_STEP));
  }

  /** A helper reads its values to the end: 256 characters or items cost a step more. */
  reads(cells: number): void {
    this.step(Math.floor(cells / CELLS_A_STEP));
  }

  /** One step for the call of a helper, and what its values weigh. */
  call(values: readonly unknown[]): void {
    let cells = 0;
    for (const value of values) {
      if (typeof value === 'string') cells += value.length;
      else if (Array.isArray(value)) cells += this.#weigh(value, MAX_DEPTH);
    }
    this.step(1 + Math.floor(cells / CELLS_A_STEP));
  }

  #weigh(list: readonly unknown[], depth: number): number {
    if (depth === 0) throw new TemplateLimit(`a list lies in more than ${MAX_DEPTH} lists`);
    let cells = list.length;
    const most = (MAX_TEMPLATE_STEPS - this.steps + 1) * CELLS_A_STEP;
    for (let i = 0; i < list.length && cells <= most; i++) {
      const item = list[i];
      if (typeof item === 'string') cells += item.length;
      else if (Array.isArray(item)) cells += this.#weigh(item, depth - 1);
    }
    return cells;
  }

  get language(): string {
    return languageOf(this.#locale?.language ?? DEFAULT_LANGUAGE);
  }

  get zone(): Zone {
    return zoneOf(this.#locale?.zone ?? 'UTC') ?? UTC;
  }

  /** ISO 8601; empty where neither the caller nor the scope tells the time. */
  get now(): string {
    if (this.#locale?.now !== undefined) return this.#locale.now;
    const scope = this.#scope;
    const own = typeof scope === 'object' && scope !== null && Object.hasOwn(scope, 'now');
    const now = own ? (scope as { now: unknown }).now : '';
    return typeof now === 'string' ? now : '';
  }
}
