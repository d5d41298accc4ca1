import { equal } from '../bson/order.ts';
import { type Path, splitPath, visitPath } from '../bson/path.ts';
import { type Doc, isDoc, Pattern, type Value } from '../bson/value.ts';
import { badValue, failedToParse, Refusal, unknownOperator } from '../errors.ts';
import { known, QUERY_OPERATORS, TOP_LEVEL_OPERATORS } from '../shapes.ts';
import { compileExpression, truthy } from './expression.ts';
import { type Leaf, leafOf } from './leaf.ts';

export type Matcher = (doc: Doc, now: Date) => boolean;

/**
 * One condition on a field. A leaf is asked about each value of the path, and about the elements of an array unless it
 * speaks of the array `whole`; `not` is the negation of the question as a whole, which is why `$ne` means "none of them".
 */
type Condition =
  | { kind: 'leaf'; test: Leaf; whole: boolean }
  | { kind: 'not'; all: Condition[] }
  | { kind: 'all'; all: Condition[] };

/** Compiles a filter. Unknown operators and malformed operands are refused here, before any document is read. */
export function compileFilter(filter: Doc): Matcher {
  const tests = [...filter].map(([name, operand]) => compileClause(name, operand));
  const [only] = tests;
  if (only && tests.length === 1) return only;
  return (doc, now) => tests.every((test) => test(doc, now));
}

function compileClause(name: string, operand: Value): Matcher {
  if (!name.startsWith('$')) return compileField(name, operand);
  const operator = known(TOP_LEVEL_OPERATORS, name);
  switch (operator) {
    case undefined:
      throw badValue(`unknown top level operator: ${name}`);
    case '$comment':
      return () => true;
    case '$expr': {
      const expression = compileExpression(operand);
      return (doc, now) => truthy(expression({ root: doc, now }));
    }
    default:
      return compileLogical(operator, branchesOf(name, operand).map(compileFilter));
  }
}

function compileLogical(operator: '$and' | '$or' | '$nor', branches: Matcher[]): Matcher {
  if (operator === '$and') return (doc, now) => branches.every((test) => test(doc, now));
  if (operator === '$or') return (doc, now) => branches.some((test) => test(doc, now));
  return (doc, now) => !branches.some((test) => test(doc, now));
}

function branchesOf(name: string, operand: Value): Doc[] {
  if (!Array.isArray(operand)) throw badValue(`${name} must be an array`);
  if (operand.length === 0) throw badValue(`${name} must be a nonempty array`);
  return operand.map((branch) => {
    if (!isDoc(branch)) throw badValue(`${name} argument's entries must be objects`);
    return branch;
  });
}

function compileField(name: string, operand: Value): Matcher {
  const path = splitPath(name);
  const conditions = compileConditions(operand);
  const [only] = conditions;
  if (only && conditions.length === 1) return (doc) => holds(only, doc, path);
  return (doc) => conditions.every((condition) => holds(condition, doc, path));
}

/** `{ $gt: 1 }` holds operators; anything else, also `{}`, is a value to be equal to. */
export function hasOperators(operand: Value): operand is Doc {
  if (!isDoc(operand) || operand.size === 0) return false;
  const [first] = operand.keys();
  return first?.startsWith('$') ?? false;
}

function compileConditions(operand: Value): Condition[] {
  if (operand instanceof Pattern) return [leaf(leafOf('$regex', operand))];
  if (!hasOperators(operand)) return [leaf(leafOf('$eq', operand))];
  return [...operand].flatMap(([name, value]) => compileOperator(name, value, operand));
}

const leaf = (test: Leaf, whole = false): Condition => ({ kind: 'leaf', test, whole });
const not = (...all: Condition[]): Condition => ({ kind: 'not', all });

function compileOperator(name: string, operand: Value, all: Doc): Condition[] {
  const operator = known(QUERY_OPERATORS, name);
  switch (operator) {
    case undefined:
      throw unknownOperator(name);
    case '$options':
      if (!all.has('$regex')) throw badValue('$options needs a $regex');
      return [];
    case '$regex':
      return [leaf(leafOf('$regex', withOptions(operand, all)))];
    case '$ne':
      if (operand instanceof Pattern) throw badValue("Can't have regex as arg to $ne.");
      return [not(leaf(leafOf('$eq', operand)))];
    case '$nin':
      return [not(leaf(leafOf('$in', operand)))];
    case '$not':
      return [compileNot(operand)];
    case '$exists': {
      const exists = leaf((value) => value !== undefined, true);
      return [operand === null || !truthy(operand) ? not(exists) : exists];
    }
    case '$all':
      return [compileAll(operand)];
    case '$elemMatch':
      return [leaf(compileElemMatch(operand), true)];
    case '$size':
      return [leaf(leafOf('$size', operand), true)];
    case '$type':
      return [compileType(operand)];
    default:
      return [leaf(leafOf(operator, operand))];
  }
}

/** An array has the type 'array' as a whole and the types of its elements. */
const compileType = (operand: Value): Condition => leaf(leafOf('$type', operand));

function compileNot(operand: Value): Condition {
  if (operand instanceof Pattern) return not(leaf(leafOf('$regex', operand)));
  if (!hasOperators(operand)) throw badValue('$not needs a regex or a document');
  return not(...compileConditions(operand));
}

function compileAll(operand: Value): Condition {
  if (!Array.isArray(operand)) throw badValue('$all needs an array');
  if (operand.length === 0) return leaf(() => false);
  const whole = operand.filter((value) => hasOperators(value));
  if (whole.length > 0 && whole.length < operand.length) throw badValue('$all may not mix $elemMatch and values');
  const all = operand.map((value): Condition => {
    if (value instanceof Pattern) return leaf(leafOf('$regex', value));
    if (!hasOperators(value)) return leaf(leafOf('$eq', value));
    const inner = value.get('$elemMatch');
    if (inner === undefined || value.size > 1) throw badValue('no $ expressions in $all');
    return leaf(compileElemMatch(inner), true);
  });
  return { kind: 'all', all };
}

function compileElemMatch(operand: Value): Leaf {
  if (!isDoc(operand)) throw badValue('$elemMatch needs an Object');
  const [first] = operand.keys();
  const logical = first === '$and' || first === '$or' || first === '$nor';
  if (hasOperators(operand) && !logical) {
    const conditions = compileConditions(operand);
    return (value) => Array.isArray(value) && value.some((element) => conditions.every((c) => holdsFor(c, element)));
  }
  if (operand.has('$expr')) throw failedToParse('$expr can only be applied to the top-level document');
  const matches = compileFilter(operand);
  const now = new Date(0); // only $expr looks at the clock
  return (value) => Array.isArray(value) && value.some((element) => isDoc(element) && matches(element, now));
}

function withOptions(operand: Value, all: Doc): Value {
  const options = all.get('$options');
  if (options !== undefined && typeof options !== 'string') throw badValue('$options has to be a string');
  if (operand instanceof Pattern) {
    if (options !== undefined && operand.flags !== '') {
      const code = [...all.keys()].indexOf('$regex') < [...all.keys()].indexOf('$options') ? 51075 : 51074;
      throw new Refusal(code, 'options set in both $regex and $options');
    }
    return new Pattern(operand.source, options ?? operand.flags);
  }
  if (typeof operand !== 'string') throw badValue('$regex has to be a string');
  return new Pattern(operand, options ?? '');
}

function holds(condition: Condition, doc: Doc, path: Path): boolean {
  if (condition.kind === 'all') return condition.all.every((part) => holds(part, doc, path));
  if (condition.kind === 'not') return !condition.all.every((part) => holds(part, doc, path));
  const { test, whole } = condition;
  return visitPath(doc, path, (value) => {
    if (!whole && Array.isArray(value)) for (const element of value) if (test(element)) return true;
    return test(value);
  });
}

/** Inside `$elemMatch` an element is asked itself, without a further look into it. */
function holdsFor(condition: Condition, value: Value): boolean {
  if (condition.kind === 'all') return condition.all.every((part) => holdsFor(part, value));
  if (condition.kind === 'not') return !condition.all.every((part) => holdsFor(part, value));
  return condition.test(value);
}

/**
 * Whether a `$pull` condition names an element: a document's fields, operators on the element, or a value. Operators
 * look at an element as at a field, so that an element that is an array is looked into.
 */
export function compileElement(operand: Value): (element: Value) => boolean {
  const [first] = isDoc(operand) ? operand.keys() : [];
  const logical = first === '$and' || first === '$or' || first === '$nor';
  if ((hasOperators(operand) && !logical) || operand instanceof Pattern) {
    const conditions = compileConditions(operand);
    return (element) => {
      const holder: Doc = new Map([['', element]]);
      return conditions.every((condition) => holds(condition, holder, ['']));
    };
  }
  if (!isDoc(operand)) return (element) => equal(element, operand);
  const matches = compileFilter(operand);
  const now = new Date(0);
  return (element) => isDoc(element) && matches(element, now);
}
