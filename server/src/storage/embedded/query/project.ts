import { toDouble } from '../bson/number.ts';
import { type Doc, isDoc, isNumber, type Value } from '../bson/value.ts';
import { Refusal } from '../errors.ts';
import { compileExpression, type Expression, type Scope } from './expression.ts';

export type Projection = (doc: Doc, now: Date) => Doc;

/** A projection as a tree: a leaf says include (true), exclude (false) or compute. */
type Tree = Map<string, boolean | Expression | Tree>;

/** Compiles a projection; null when it asks for everything. `computing` allows `$project`'s expressions. */
export function compileProjection(spec: Doc, computing = false): Projection | null {
  if (spec.size === 0) return null;
  const tree: Tree = new Map();
  const kinds = new Set<boolean>();
  let keepId: boolean | undefined;
  const add = (path: string, value: Value): void => {
    if (isDoc(value) && ![...value.keys()].some((name) => name.startsWith('$'))) {
      if (value.size === 0) throw new Refusal(51270, 'An empty sub-projection is not a valid value.');
      for (const [name, inner] of value) add(`${path}.${name}`, inner);
      return;
    }
    const leaf = leafOf(path, value, computing);
    if (path === '_id' && typeof leaf === 'boolean') {
      keepId = leaf;
      return;
    }
    kinds.add(leaf !== false);
    place(tree, path, leaf);
  };
  for (const [path, value] of spec) add(path, value);
  if (kinds.size > 1) throw new Refusal(31254, 'Cannot do exclusion and inclusion in one projection');
  if (kinds.has(true) || (kinds.size === 0 && keepId)) {
    if (keepId !== false && !tree.has('_id')) tree.set('_id', true);
    return (doc, now) => include(doc, tree, { root: doc, now });
  }
  if (keepId === false) tree.set('_id', false);
  return (doc) => exclude(doc, tree);
}

function leafOf(path: string, value: Value, computing: boolean): boolean | Expression {
  if (path.split('.').some((part) => part === '' || part.startsWith('$'))) {
    throw new Refusal(31324, `Positional projection and empty names are not supported: '${path}'`);
  }
  if (typeof value === 'boolean') return value;
  if (isNumber(value)) return toDouble(value) !== 0;
  if (!computing) throw new Refusal(31325, `Projection of '${path}' by an operator or expression is not supported`);
  return compileExpression(value);
}

function place(tree: Tree, path: string, leaf: boolean | Expression): void {
  const parts = path.split('.');
  const last = parts.pop() ?? '';
  let level = tree;
  for (const part of parts) {
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
  if (!Array.isArray(value)) return undefined;
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
