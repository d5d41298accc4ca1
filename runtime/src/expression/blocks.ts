import { argumentOf, type Reader } from './expressions.ts';
import { TemplateFault } from './fault.ts';
import type { Rendering } from './rendering.ts';
import { type Expression, Frame, type Part } from './template.ts';
import { isTruthy } from './value.ts';

/** `{{#if}}`, `{{#unless}}` and `{{#each}}`; every other block is refused while reading. */
export function blockOf(block: hbs.AST.BlockStatement, reader: Reader): Part {
  const name = (block.path as hbs.AST.PathExpression).original;
  const [subject] = block.params;
  if (name !== 'if' && name !== 'unless' && name !== 'each') {
    throw new TemplateFault(`{{#${name}}} is not part of templates here; use #if, #unless or #each.`);
  }
  if (!subject || block.params.length > 1)
    throw new TemplateFault(`Write one value after #${name}, as in {{#${name} order.items}}.`);
  if (block.hash && block.hash.pairs.length > 0) throw new TemplateFault(`#${name} takes no named values.`);
  const value = argumentOf(subject, reader);
  const otherwise: Part = block.inverse ? reader.writeOf(block.inverse) : () => '';
  if (name === 'each') return eachOf(value, bodyOf(block.program, reader), otherwise);
  const then = reader.writeOf(block.program);
  const wanted = name === 'if';
  return (frame, rendering) =>
    isTruthy(value(frame, rendering)) === wanted ? then(frame, rendering) : otherwise(frame, rendering);
}

function bodyOf(program: hbs.AST.Program, reader: Reader): Part {
  const [item, index] = program.blockParams ?? [];
  const readsBefore = reader.reads.length;
  reader.loops.push({ item, index });
  const body = reader.writeOf(program);
  reader.loops.pop();
  // Names inside the loop belong to the item; whether they exist is known only when it runs.
  reader.reads.length = readsBefore;
  return body;
}

const eachOf =
  (list: Expression, body: Part, otherwise: Part): Part =>
  (frame, rendering) => {
    const value = list(frame, rendering);
    if (typeof value !== 'object' || value === null) return otherwise(frame, rendering);
    const isList = Array.isArray(value);
    const keys = isList ? null : Object.keys(value);
    const count = (keys ?? (value as unknown[])).length;
    if (count === 0) return otherwise(frame, rendering);
    return turns({ value: value as Record<string | number, unknown>, keys, count }, body, frame, rendering);
  };

interface Walked {
  value: Record<string | number, unknown>;
  /** null where a list is walked. */
  keys: string[] | null;
  count: number;
}

function turns({ value, keys, count }: Walked, body: Part, outer: Frame, rendering: Rendering): string {
  const frame = new Frame(outer.root, undefined, outer);
  let text = '';
  for (let index = 0; index < count; index++) {
    rendering.step();
    const key = keys ? (keys[index] as string) : index;
    frame.index = index;
    frame.key = key;
    frame.last = index === count - 1;
    frame.self = value[key];
    text += body(frame, rendering);
  }
  return text;
}
