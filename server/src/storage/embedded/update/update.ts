import { compareStrings, equal } from '../bson/order.ts';
import { isIndex, type Path, splitPath } from '../bson/path.ts';
import { show } from '../bson/show.ts';
import { copy, type Doc, isDoc, Timestamp, type Value } from '../bson/value.ts';
import { badValue, failedToParse, Refusal } from '../errors.ts';
import { known, UPDATE_OPERATORS } from '../shapes.ts';
import type { Operation, UpdateScope } from './operation.ts';
import { compileOperation } from './operators.ts';
import { existingSlot, slotAt } from './slot.ts';

export interface Update {
  replaces: boolean;
  /** Changes `scope.root` in place, or gives the document that takes its place. */
  apply(scope: UpdateScope, inserting: boolean): Doc;
}

interface Change {
  path: Path;
  run(scope: UpdateScope, inserting: boolean): void;
}

/** Reads an update: operators, or a whole document. Pipelines and positional operators are refused. */
export function compileUpdate(given: Value): Update {
  if (Array.isArray(given)) throw failedToParse('an update by an aggregation pipeline is not supported by this store');
  if (!isDoc(given)) throw failedToParse('Update argument must be either an object or an array');
  const [first] = given.keys();
  return first?.startsWith('$') ? compileOperators(given) : compileReplacement(given);
}

function compileReplacement(given: Doc): Update {
  for (const name of given.keys()) {
    if (name.startsWith('$'))
      throw new Refusal(
        52,
        `The dollar ($) prefixed field '${name}' in '${name}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.`,
      );
  }
  const apply = ({ root, stamp }: UpdateScope): Doc => {
    const id = root.get('_id');
    const wanted = given.get('_id');
    if (id !== undefined && wanted !== undefined && !equal(id, wanted)) {
      throw new Refusal(
        66,
        `After applying the update, the (immutable) field '_id' was found to have been altered to _id: ${show(wanted)}`,
      );
    }
    const made: Doc = new Map();
    const kept = id ?? wanted;
    if (kept !== undefined) made.set('_id', kept);
    for (const [name, value] of given) if (name !== '_id') made.set(name, copy(value));
    fillTimestamps(made, stamp);
    return made;
  };
  return { replaces: true, apply };
}

/** Top-level fields sent as Timestamp(0, 0) get the store's time, in the order in which they stand. */
export function fillTimestamps(made: Doc, stamp: () => Timestamp): void {
  for (const [name, value] of made) {
    if (name !== '_id' && value instanceof Timestamp && value.value === 0n) made.set(name, stamp());
  }
}

function compileOperators(given: Doc): Update {
  const changes: Change[] = [];
  for (const [name, operands] of given) {
    const operator = known(UPDATE_OPERATORS, name);
    if (!operator)
      throw failedToParse(
        `Unknown modifier: ${name}. Expected a valid update modifier or pipeline-style update specified as an array`,
      );
    if (!isDoc(operands)) throw failedToParse(`Modifiers operate on fields but we found another type for '${name}'`);
    for (const [field, operand] of operands) {
      const path = pathOf(field);
      if (operator === '$rename') changes.push(...renames(field, path, operand));
      else changes.push(changeOf(path, compileOperation(operator, field, operand)));
    }
  }
  // MongoDB's order: new fields are added by name, whatever the order in the update.
  changes.sort((a, b) => comparePaths(a.path, b.path));
  checkConflicts(changes);
  const apply = (scope: UpdateScope, inserting: boolean): Doc => {
    const { root } = scope;
    const id = root.get('_id');
    const before = id === undefined ? undefined : copy(id);
    for (const change of changes) change.run(scope, inserting);
    keepId(root, before, inserting);
    return root;
  };
  return { replaces: false, apply };
}

function changeOf(path: Path, { creates, onlyOnInsert, minds, apply }: Operation): Change {
  const place = (root: Doc) => (minds ? existingSlot(root, path) : slotAt(root, path, creates));
  return {
    path,
    run: (scope, inserting) => {
      if (!onlyOnInsert || inserting) apply(place(scope.root), scope);
    },
  };
}

function renames(field: string, from: Path, operand: Value): Change[] {
  if (typeof operand !== 'string') throw badValue(`The 'to' field for $rename must be a string: ${field}`);
  if (operand === field) throw badValue(`The source and target field for $rename must differ: ${field}`);
  const to = pathOf(operand);
  if (from[0] === '_id' || to[0] === '_id') throw changesId();
  // The target is written when the source's turn comes; its own entry is there for the check of conflicts.
  const move: Change = {
    path: from,
    run: ({ root }) => {
      const source = existingSlot(root, from);
      const value = source.read();
      if (value === undefined) return;
      for (const path of [from, to]) refuseArrays(root, path);
      source.remove();
      slotAt(root, to, true).write(value);
    },
  };
  return [move, { path: to, run: () => {} }];
}

function refuseArrays(root: Doc, path: Path): void {
  let value: Value | undefined = root;
  for (const part of path) {
    if (Array.isArray(value)) throw badValue(`The field '${path.join('.')}' of $rename cannot be an array element`);
    value = isDoc(value) ? value.get(part) : undefined;
  }
}

function pathOf(field: string): Path {
  const path = splitPath(field);
  for (const part of path) {
    if (part === '')
      throw new Refusal(56, `The update path '${field}' contains an empty field name, which is not allowed.`);
    if (part === '$' || part.startsWith('$[')) {
      throw badValue(`Positional operators are not supported by this store: '${field}'`);
    }
    if (part.startsWith('$')) throw dollarField(part, field);
    if (part.includes('\0')) throw new Refusal(9867600, `The update path may not hold a null byte: '${field}'`);
  }
  return path;
}

const changesId = () =>
  new Refusal(66, "Performing an update on the path '_id' would modify the immutable field '_id'");

const dollarField = (part: string, field: string) =>
  new Refusal(52, `The dollar ($) prefixed field '${part}' in '${field}' is not allowed in the context of an update.`);

function comparePaths(a: Path, b: Path): number {
  for (const [i, part] of a.entries()) {
    const other = b[i];
    if (other === undefined) return 1;
    if (part === other) continue;
    if (isIndex(part) && isIndex(other)) return Number(part) - Number(other);
    return compareStrings(part, other);
  }
  return a.length - b.length;
}

/** No path may be given twice or lie inside another one. */
function checkConflicts(changes: Change[]): void {
  const taken = new Map<string, boolean>(); // path -> is a change itself, not only the way to one
  for (const { path } of changes) {
    const whole = path.join('.');
    const clash = (at: string) => new Refusal(40, `Updating the path '${whole}' would create a conflict at '${at}'`);
    if (taken.has(whole)) throw clash(whole);
    for (let length = 1; length < path.length; length++) {
      const way = path.slice(0, length).join('.');
      if (taken.get(way)) throw clash(way);
      taken.set(way, false);
    }
    taken.set(whole, true);
  }
}

function keepId(root: Doc, before: Value | undefined, inserting: boolean): void {
  if (before === undefined && inserting) return;
  const after = root.get('_id');
  if (before === undefined && after === undefined) return;
  if (before !== undefined && after !== undefined && equal(before, after)) {
    root.set('_id', before);
    return;
  }
  throw changesId();
}
