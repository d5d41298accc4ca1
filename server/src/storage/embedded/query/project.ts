import { isZero } from '../bson/number.ts';
import type { Path } from '../bson/path.ts';
import { type Doc, isDoc, isNumber, type Value } from '../bson/value.ts';
import { Refusal } from '../errors.ts';
import { compileExpression, type Expression, type Scope } from './expression.ts';
import { fieldPath } from './field-path.ts';

export type Projection = (doc: Doc, now: Date) => Doc;

/** A projection as a tree: a leaf says include (true), exclude (false) or compute. */
type Tree = Map<string, boolean | Expression | Tree>;

/** Compiles a projection; null when it asks for everything. `computing` allows `$project`'s expressions. */
export function compileProjection(spec: Doc, computing = false): Projection | null {
  if (spec.size === 0) return null;
  const reader = new Reader(computing);
  for (const [path, value] of spec) reader.read(path, value);
  const { tree, including, keepId } = reader;
  if (including ?? keepId) {
    if (keepId !== false && !tree.has('_id')) tree.set('_id', true);
    return (doc, now) => include(doc, tree, { root: doc, now });
  }
  if (keepId === false) tree.set('_id', false);
  return (doc) => exclude(doc, tree);
}

/** Reads a projection field by field. The first one other than `_id` decides whether it includes or excludes. */
class Reader {
  readonly tree: Tree = new Map();
  including: boolean | undefined;
  keepId: boolean | undefined;
  private readonly computing: boolean;

  constructor(computing: boolean) {
    this.computing = computing;
  }

  read(path: string, value: Value): void {
    if (isDoc(value) && !isCall(value)) {
      this.readInside(path, value);
      return;
    }
    if (path.endsWith('.$')) {
      throw new Refusal(31324, `Positional projection is not supported by this store: '${path}'`);
    }
    const parts = fieldPath(path);
    const flag = flagOf(value);
    if (path === '_id' && flag !== undefined) {
      if (this.tree.has('_id')) throw new Refusal(31250, `Path collision at ${path}`);
      this.keepId = flag;
      return;
    }
    if (parts[0] === '_id' && this.keepId !== undefined) throw new Refusal(31249, `Path collision at ${path}`);
    this.decide(path, value, flag);
    place(this.tree, path, parts, flag ?? compileExpression(value));
  }

  private readInside(path: string, value: Doc): void {
    if (value.size === 0) throw new Refusal(51270, 'An empty sub-projection is not a valid value.');
    for (const [name, inner] of value) this.read(`${path}.${name}`, inner);
  }

  private decide(path: string, value: Value, flag: boolean | undefined): void {
    if (flag === undefined && !this.computing) {
      throw new Refusal(31325, `Projection of '${path}' by an operator or expression is not supported`);
    }
    const including = flag !== false;
    this.including ??= including;
    if (this.including === including) return;
    if (!including) throw new Refusal(31254, `Cannot do exclusion on field ${path} in inclusion projection`);
    if (flag) throw new Refusal(31253, `Cannot do inclusion on field ${path} in exclusion projection`);
    if (isDoc(value)) throw new Refusal(31252, 'Cannot use an expression in an exclusion projection');
    throw new Refusal(31310, 'Cannot use a field path or a literal in an exclusion projection');
  }
}

/** `{ $add: [1, 2] }` is an expression; a document with more than one field has fields of its own. */
function isCall(value: Doc): boolean {
  const [name] = value.keys();
  return value.size === 1 && (name?.startsWith('$') ?? false);
}

function flagOf(value: Value): boolean | undefined {
  if (isNumber(value)) return !isZero(value);
  return typeof value === 'boolean' ? value : undefined;
}

function place(tree: Tree, path: string, parts: Path, leaf: boolean | Expression): void {
  const last = parts[parts.length - 1] ?? '';
  let level = tree;
  for (const part of parts.slice(0, -1)) {
    const next = level.get(part) ?? new Map();
    if (!(next instanceof Map)) throw new Refusal(31249, `Path collision at ${path}`);
    level.set(part, next);
    level = next;
  }
  if (level.has(last)) throw new Refusal(31250, `Path collision at ${path}`);
  level.set(last, leaf);
}

/** Fields keep the document's order, _id first; what is computed follows in the order of the projection. */
function include(doc: Doc, tree: Tree, scope: Scope): Doc {
  const made: Doc = new Map();
  for (const [name, value] of doc) {
    const node = tree.get(name);
    if (node === true) made.set(name, value);
    else if (node instanceof Map) {
      const inner = includeInside(value, node, scope);
      if (inner !== undefined) made.set(name, inner);
    }
  }
  for (const [name, node] of tree) {
    if (typeof node === 'function') {
      const value = node(scope);
      if (value === undefined) made.delete(name);
      else made.set(name, value);
    } else if (node instanceof Map && !doc.has(name) && computes(node)) {
      made.set(name, include(new Map(), node, scope));
    }
  }
  return made;
}

const computes = (tree: Tree): boolean =>
  [...tree.values()].some((node) => typeof node === 'function' || (node instanceof Map && computes(node)));

function includeInside(value: Value, tree: Tree, scope: Scope): Value | undefined {
  if (isDoc(value)) return include(value, tree, scope);
  // What is computed takes the place of a value that has no fields.
  if (!Array.isArray(value)) return computes(tree) ? include(new Map(), tree, scope) : undefined;
  return value.flatMap((element) => {
    const inner = includeInside(element, tree, scope);
    return inner === undefined ? [] : [inner];
  });
}

function exclude(doc: Doc, tree: Tree): Doc {
  const made: Doc = new Map();
  for (const [name, value] of doc) {
    const node = tree.get(name);
    if (node === false) continue;
    made.set(name, node instanceof Map ? excludeInside(value, node) : value);
  }
  return made;
}

function excludeInside(value: Value, tree: Tree): Value {
  if (isDoc(value)) return exclude(value, tree);
  if (Array.isArray(value)) return value.map((element) => excludeInside(element, tree));
  return value;
}
