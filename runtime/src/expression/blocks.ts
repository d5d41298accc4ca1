import { argumentOf, type Reader, TemplateFault } from './expressions.ts';
import type { Budget, Expression, Frame, Part } from './template.ts';
import { isTruthy } from './value.ts';

const write = (parts: Part[], frame: Frame, budget: Budget): string =>
  parts.map((part) => part(frame, budget)).join('');

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
  const otherwise = block.inverse ? reader.partsOf(block.inverse) : [];
  if (name === 'each') return eachOf(value, block.program, otherwise, reader);
  const then = reader.partsOf(block.program);
  const wanted = name === 'if';
  return (frame, budget) => write(isTruthy(value(frame, budget)) === wanted ? then : otherwise, frame, budget);
}

function eachOf(list: Expression, program: hbs.AST.Program, otherwise: Part[], reader: Reader): Part {
  const [item, index] = program.blockParams ?? [];
  const outside = reader.locals;
  const readsBefore = reader.reads.length;
  reader.locals = [...outside, ...(program.blockParams ?? [])];
  const body = reader.partsOf(program);
  reader.locals = outside;
  // Names inside the loop belong to the item; whether they exist is known only when it runs.
  reader.reads.length = readsBefore;
  return (frame, budget) => {
    const value = list(frame, budget);
    const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
    if (entries.length === 0) return write(otherwise, frame, budget);
    const asList = Array.isArray(value);
    let text = '';
    entries.forEach(([key, self], position) => {
      budget.step();
      const at = asList ? position : key;
      const data = { index: position, key: at, first: position === 0, last: position === entries.length - 1 };
      const locals: Record<string, unknown> = {};
      if (item) locals[item] = self;
      if (index) locals[index] = at;
      text += write(body, { root: frame.root, self, parent: frame, locals, data }, budget);
    });
    return text;
  };
}
