import { isIndex, type Path } from '../bson/path.ts';
import { show } from '../bson/show.ts';
import { type Doc, isDoc, type Value } from '../bson/value.ts';
import { badValue, Refusal } from '../errors.ts';

const MAX_PADDING = 1_500_000; // nulls that a $set far behind the end of an array may add; MongoDB's limit

/** The place in a document that an update's path names. */
export interface Slot {
  read(): Value | undefined;
  write(value: Value): void;
  remove(): void;
}

const NOWHERE: Slot = { read: () => undefined, write: () => {}, remove: () => {} };

/**
 * Finds the place. With `create`, missing documents on the way are made (only when something is written); without it a
 * path that leads nowhere is simply empty. A path through a scalar cannot be created: PathNotViable.
 */
export function slotAt(root: Doc, path: Path, create: boolean): Slot {
  let holder: Doc | Value[] = root;
  for (const [depth, part] of path.slice(0, -1).entries()) {
    const next: Value | undefined = isDoc(holder) ? holder.get(part) : elementAt(holder, part, create);
    if (next === undefined && create) return deferred(holder, path.slice(depth));
    if (!isDoc(next) && !Array.isArray(next)) {
      if (!create) return NOWHERE;
      throw notViable(path[depth + 1] ?? '', part, next ?? null);
    }
    holder = next;
  }
  const last = path[path.length - 1] ?? '';
  return isDoc(holder) ? fieldSlot(holder, last) : elementSlot(holder, last, path, create);
}

/** A place for `$pop` and `$rename`, which mind when the way to it leads through something that has no fields. */
export function existingSlot(root: Doc, path: Path): Slot {
  let holder: Value | undefined = root;
  for (const [depth, part] of path.entries()) {
    if (holder === undefined) return NOWHERE;
    const inArray = Array.isArray(holder) && isIndex(part);
    if (!isDoc(holder) && !inArray) throw notViable(part, path[depth - 1] ?? '', holder);
    holder = isDoc(holder) ? holder.get(part) : Array.isArray(holder) ? holder[Number(part)] : undefined;
  }
  return slotAt(root, path, false);
}

const notViable = (name: string, parent: string, value: Value) =>
  new Refusal(28, `Cannot create field '${name}' in element {${parent}: ${show(value)}}`);

function elementAt(array: Value[], part: string, create: boolean): Value | undefined {
  if (isIndex(part)) return array[Number(part)];
  if (create) throw notViable(part, '', array);
  return undefined;
}

/** Writing makes the documents that are missing on the way, one inside the other. */
function deferred(holder: Doc | Value[], rest: Path): Slot {
  const write = (value: Value): void => {
    let inner = value;
    for (const part of rest.slice(1).reverse()) inner = new Map([[part, inner]]);
    const [first = ''] = rest;
    if (isDoc(holder)) holder.set(first, inner);
    else elementSlot(holder, first, rest, true).write(inner);
  };
  return { read: () => undefined, write, remove: () => {} };
}

const fieldSlot = (holder: Doc, name: string): Slot => ({
  read: () => holder.get(name),
  write: (value) => void holder.set(name, value),
  remove: () => void holder.delete(name),
});

function elementSlot(array: Value[], part: string, path: Path, create: boolean): Slot {
  if (!isIndex(part)) {
    if (!create) return NOWHERE;
    throw notViable(part, path[path.length - 2] ?? '', array);
  }
  const index = Number(part);
  const write = (value: Value): void => {
    if (index - array.length > MAX_PADDING) throw badValue('can not backfill array to larger than 1500000 elements');
    while (array.length < index) array.push(null);
    array[index] = value;
  };
  const remove = (): void => {
    if (index < array.length) array[index] = null; // $unset keeps the places of the others
  };
  return { read: () => array[index], write, remove };
}
