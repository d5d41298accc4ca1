import { bindArguments } from './bind-arguments.ts';
import { TemplateFault } from './fault.ts';
import type { Helper } from './helper.ts';
import { helperOf } from './helpers.ts';
import type { Rendering } from './rendering.ts';
import type { Expression, Frame, Part } from './template.ts';

export interface Reader {
  reads: string[];
  /** The loops around the place being read, the innermost last, with the names they bind: `as |item index|`. */
  loops: { item?: string; index?: string }[];
  writeOf: (program: hbs.AST.Program) => Part;
}

/** `{{path}}` or `{{helper a b key=c}}`. A variable wins over a helper of the same name. */
export function expressionOf(call: hbs.AST.MustacheStatement | hbs.AST.SubExpression, reader: Reader): Expression {
  const { path, params, hash } = call;
  if (path.type !== 'PathExpression') throw new TemplateFault('Write a literal as plain text, without {{ }}.');
  const named = path as hbs.AST.PathExpression;
  if (params.length === 0 && !hash) return nameOf(named, reader);
  const name = helperName(named);
  const helper = name === null ? undefined : helperOf(name);
  if (!helper) throw new TemplateFault(`There is no helper called ${named.original}.`);
  return callOf(helper, params, hash, reader);
}

function callOf(helper: Helper, params: hbs.AST.Expression[], hash: hbs.AST.Hash | undefined, reader: Reader) {
  const { values, names } = bindArguments(helper, params, hash?.pairs ?? []);
  const args = values.map((value) => (value ? argumentOf(value, reader) : () => undefined));
  const { run } = helper;
  const [first, second] = args;
  // Most calls have one or two values; a loop for them costs as much as the helper.
  if (first && args.length === 1) return calling((frame, rendering) => [first(frame, rendering)]);
  if (first && second && args.length === 2)
    return calling((frame, rendering) => [first(frame, rendering), second(frame, rendering)]);
  return calling((frame, rendering) => args.map((arg) => arg(frame, rendering)));

  function calling(valuesOf: (frame: Frame, rendering: Rendering) => unknown[]): Expression {
    return (frame, rendering) => {
      const given = valuesOf(frame, rendering);
      rendering.call(given);
      return run(given, rendering, names);
    };
  }
}

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
      return nameOf(node as hbs.AST.PathExpression, reader);
    default:
      throw new TemplateFault('This expression is not part of templates here.');
  }
}

/** A lone name: the variable if there is one, else a helper that needs no values. */
function nameOf(path: hbs.AST.PathExpression, reader: Reader): Expression {
  const name = helperName(path);
  const helper = name === null ? undefined : helperOf(name);
  const before = reader.reads.length;
  const read = pathOf(path, reader);
  if (!helper || helper.arguments.some(({ optional, rest }) => !optional && !rest)) return read;
  if (helper.arguments.some(({ rest }) => rest)) return read;
  reader.reads.length = before; // `{{today}}` reads nothing that a flow would have to set
  const call = callOf(helper, [], undefined, reader);
  return (frame, rendering) => read(frame, rendering) ?? call(frame, rendering);
}

function pathOf(path: hbs.AST.PathExpression, reader: Reader): Expression {
  if (path.parts.some((part) => typeof part !== 'string'))
    throw new TemplateFault('Write a name, not a call, before the dot.');
  const parts = path.parts as string[];
  if (path.data) return dataOf(parts, path.depth, reader);
  const [head = '', ...rest] = parts;
  if (path.depth === 0 && !isScoped(path)) {
    const local = localOf(head, rest, reader);
    if (local) return local;
    if (parts.length > 0) reader.reads.push(parts.join('.'));
  }
  if (path.depth === 0 && parts.length === 1) {
    return (frame, rendering) => {
      rendering.step();
      return ownOf(frame.self, head);
    };
  }
  const { depth } = path;
  return (frame, rendering) => {
    rendering.step();
    const at = outerOf(frame, depth);
    return at ? walk(at.self, parts) : undefined;
  };
}

/** A name that a loop around binds: how many loops out it lies is known while reading. */
function localOf(head: string, rest: string[], reader: Reader): Expression | null {
  const { loops } = reader;
  for (let hops = 0; hops < loops.length; hops++) {
    const loop = loops[loops.length - 1 - hops];
    if (loop?.item !== head && loop?.index !== head) continue;
    const isItem = loop.item === head;
    return (frame, rendering) => {
      rendering.step();
      const at = outerOf(frame, hops);
      return walk(isItem ? at?.self : at?.key, rest);
    };
  }
  return null;
}

type FrameReader = (frame: Frame) => unknown;
const DATA = new Map<string, FrameReader>([
  ['index', (frame) => frame.index],
  ['key', (frame) => frame.key],
  ['first', (frame) => frame.index === 0],
  ['last', (frame) => frame.last],
]);

/** `@index` is the innermost loop's, `@../index` that of the loop around it; outside of loops they are nothing. */
function dataOf(parts: string[], depth: number, reader: Reader): Expression {
  const [head = '', ...rest] = parts;
  if (head === 'root') {
    return (frame, rendering) => {
      rendering.step();
      return walk(frame.root, rest);
    };
  }
  const read = DATA.get(head);
  if (!read) throw new TemplateFault(`There is no @${head}; @index, @key, @first, @last and @root are known.`);
  const known = depth < reader.loops.length && rest.length === 0;
  return (frame, rendering) => {
    rendering.step();
    const at = known ? outerOf(frame, depth) : null;
    return at ? read(at) : undefined;
  };
}

function outerOf(frame: Frame, depth: number): Frame | null {
  let at: Frame | null = frame;
  for (let left = depth; left > 0 && at; left--) at = at.parent;
  return at;
}

/** Own properties of objects and lists only: `__proto__`, `constructor` and getters of classes are simply not there. */
function ownOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  const own = (value as Record<string, unknown>)[name];
  return typeof own === 'function' ? undefined : own;
}

function walk(start: unknown, parts: readonly string[]): unknown {
  let value = typeof start === 'function' ? undefined : start;
  for (let i = 0; i < parts.length; i++) value = ownOf(value, parts[i] as string);
  return value;
}
