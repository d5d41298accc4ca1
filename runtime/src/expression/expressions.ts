import { helperOf } from './helpers.ts';
import type { Expression, Frame, Part } from './template.ts';

/** What the author wrote is not part of our templates; the message names the remedy. */
export class TemplateFault extends Error {
  override name = 'TemplateFault';
}

export interface Reader {
  reads: string[];
  /** Names bound by `as |item index|` around the place being read. */
  locals: string[];
  partsOf: (program: hbs.AST.Program) => Part[];
}

/** `{{path}}` or `{{helper a b key=c}}`. A variable wins over a helper of the same name. */
export function expressionOf(call: hbs.AST.MustacheStatement | hbs.AST.SubExpression, reader: Reader): Expression {
  const { path, params } = call;
  if (path.type !== 'PathExpression') throw new TemplateFault('Write a literal as plain text, without {{ }}.');
  const named = path as hbs.AST.PathExpression;
  if (params.length === 0 && !call.hash) return nameOf(named, reader);
  const helper = helperName(named);
  const run = helper === null ? undefined : helperOf(helper);
  if (!run) throw new TemplateFault(`There is no helper called ${named.original}.`);
  if (call.hash && call.hash.pairs.length > 0) throw new TemplateFault(`The helper ${helper} takes no named values.`);
  const args = params.map((param) => argumentOf(param, reader));
  return (frame, budget) => {
    const values = args.map((argument) => argument(frame, budget));
    budget.step(1 + weightOf(values));
    return run(values);
  };
}

/** A helper reads its values to the end: 256 characters or items cost a step more. */
const weightOf = (values: unknown[]): number =>
  values.reduce<number>(
    (weight, value) =>
      weight +
      (typeof value === 'string' || Array.isArray(value) ? Math.floor(value.length / 256) : 0) +
      (Array.isArray(value) ? weightOf(value) : 0),
    0,
  );

/** `this.name` and `./name` mean the item itself, never a helper or a name bound around it. */
const isScoped = (path: hbs.AST.PathExpression): boolean => /^(this$|this[./]|\.)/.test(path.original);

const helperName = (path: hbs.AST.PathExpression): string | null =>
  !path.data && path.depth === 0 && !isScoped(path) && path.parts.length === 1 && typeof path.parts[0] === 'string'
    ? path.parts[0]
    : null;

export function argumentOf(node: hbs.AST.Expression, reader: Reader): Expression {
  switch (node.type) {
    case 'StringLiteral':
    case 'NumberLiteral':
    case 'BooleanLiteral': {
      const { value } = node as hbs.AST.StringLiteral;
      return () => value;
    }
    case 'NullLiteral':
    case 'UndefinedLiteral':
      return () => null;
    case 'SubExpression':
      return expressionOf(node as hbs.AST.SubExpression, reader);
    case 'PathExpression':
      return pathOf(node as hbs.AST.PathExpression, reader);
    default:
      throw new TemplateFault('This expression is not part of templates here.');
  }
}

/** A lone name: the variable if there is one, else a helper without arguments. */
function nameOf(path: hbs.AST.PathExpression, reader: Reader): Expression {
  const read = pathOf(path, reader);
  const helper = helperName(path);
  const run = helper === null ? undefined : helperOf(helper);
  if (!run) return read;
  return (frame, budget) => read(frame, budget) ?? run([]);
}

const DATA = new Set(['index', 'key', 'first', 'last']);

function pathOf(path: hbs.AST.PathExpression, reader: Reader): Expression {
  if (path.parts.some((part) => typeof part !== 'string'))
    throw new TemplateFault('Write a name, not a call, before the dot.');
  const parts = path.parts as string[];
  if (path.data) return dataOf(parts);
  const [head = ''] = parts;
  const own = path.depth === 0 && !isScoped(path);
  const local = own && reader.locals.includes(head);
  if (!local && own && parts.length > 0) reader.reads.push(parts.join('.'));
  return (frame, budget) => {
    budget.step();
    let at: Frame | null = frame;
    for (let depth = path.depth; depth > 0 && at; depth--) at = at.parent;
    if (!at) return undefined;
    if (local) return walk(localOf(frame, head), parts, 1);
    return walk(at.self, parts, 0);
  };
}

function dataOf(parts: string[]): Expression {
  const [head = '', ...rest] = parts;
  if (head === 'root') return (frame) => walk(frame.root, rest, 0);
  if (!DATA.has(head))
    throw new TemplateFault(`There is no @${head}; @index, @key, @first, @last and @root are known.`);
  return (frame, budget) => {
    budget.step();
    for (let at: Frame | null = frame; at; at = at.parent) if (at.data) return at.data[head];
    return undefined;
  };
}

function localOf(frame: Frame, name: string): unknown {
  for (let at: Frame | null = frame; at; at = at.parent)
    if (at.locals && Object.hasOwn(at.locals, name)) return at.locals[name];
  return undefined;
}

/** Own properties of objects and lists only: `__proto__`, `constructor` and getters of classes are simply not there. */
function walk(start: unknown, parts: readonly string[], from: number): unknown {
  let value = start;
  for (let i = from; i < parts.length; i++) {
    const part = parts[i] as string;
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as Record<string, unknown>)[part];
  }
  return typeof value === 'function' ? undefined : value;
}
