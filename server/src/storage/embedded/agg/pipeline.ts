import { toDouble } from '../bson/number.ts';
import { type Doc, doc, int, isDoc, isNumber, type Value } from '../bson/value.ts';
import { Refusal, typeMismatch, unknownStage } from '../errors.ts';
import { compileFilter } from '../query/match.ts';
import { compileProjection } from '../query/project.ts';
import { parseSort, Sorter } from '../query/sort.ts';
import { known, STAGES, type Stage as StageName } from '../shapes.ts';
import { compileGroup } from './group.ts';

/** Documents on their way through; null means that a stage is at work and others may have a turn. */
export type Stream = Generator<Doc | null>;
export type Stage = (input: Stream) => Stream;

export interface StageSpec {
  name: StageName;
  operand: Value;
}

/** Reads a pipeline's stages; unknown ones are refused before anything runs. */
export function parsePipeline(pipeline: Value[]): StageSpec[] {
  return pipeline.map((given) => {
    if (!isDoc(given) || given.size !== 1) {
      throw new Refusal(40323, 'A pipeline stage specification object must contain exactly one field.');
    }
    const [[name, operand] = ['', null]] = given;
    const stage = known(STAGES, name);
    if (!stage) throw unknownStage(name);
    return { name: stage, operand };
  });
}

export function compileStage({ name, operand }: StageSpec, now: Date): Stage {
  switch (name) {
    case '$match':
      return match(asDoc(name, operand), now);
    case '$sort':
      return sort(asDoc(name, operand));
    case '$skip':
      return skip(whole(name, operand));
    case '$limit':
      return limit(whole(name, operand));
    case '$project':
      return project(asDoc(name, operand), now);
    case '$group':
      return group(operand, now);
    case '$count':
      return count(operand);
  }
}

export function asDoc(name: string, operand: Value): Doc {
  if (isDoc(operand)) return operand;
  throw typeMismatch(`the ${name} specification must be an object`);
}

export function whole(name: string, operand: Value): number {
  const number = isNumber(operand) ? toDouble(operand) : Number.NaN;
  const least = name === '$limit' ? 1 : 0;
  if (Number.isSafeInteger(number) && number >= least) return number;
  throw new Refusal(5107201, `invalid argument to ${name} stage: Expected a number of at least ${least}`);
}

function match(filter: Doc, now: Date): Stage {
  const matches = compileFilter(filter);
  return function* (input) {
    for (const one of input) yield one && matches(one, now) ? one : null;
  };
}

function sort(spec: Doc): Stage {
  const order = parseSort(spec);
  if (order.length === 0) throw new Refusal(15976, '$sort stage must have at least one sort key');
  return function* (input) {
    const sorter = new Sorter<Doc>(order);
    for (const one of input) {
      if (one) sorter.add(one, one, 200); // a decoded document's size is not known; most are of this kind
      yield null;
    }
    yield* sorter.finish();
  };
}

function skip(wanted: number): Stage {
  return function* (input) {
    let passed = 0;
    for (const one of input) yield one && passed++ >= wanted ? one : null;
  };
}

function limit(wanted: number): Stage {
  return function* (input) {
    let left = wanted;
    for (const one of input) {
      yield one;
      if (one && --left === 0) return;
    }
  };
}

function project(spec: Doc, now: Date): Stage {
  const projection = compileProjection(spec, true);
  if (!projection) throw new Refusal(51272, 'projection specification must have at least one field');
  return function* (input) {
    for (const one of input) yield one && projection(one, now);
  };
}

function group(spec: Value, now: Date): Stage {
  compileGroup(spec); // refuse now, not with the first document
  return function* (input) {
    const groups = compileGroup(spec);
    for (const one of input) {
      if (one) groups.take({ root: one, now });
      yield null;
    }
    yield* groups.results();
  };
}

function count(operand: Value): Stage {
  if (typeof operand !== 'string' || operand === '' || operand.startsWith('$') || operand.includes('.')) {
    throw new Refusal(40156, 'the count field must be a non-empty string without $ and dots');
  }
  return function* (input) {
    let n = 0;
    for (const one of input) {
      if (one) n++;
      yield null;
    }
    if (n > 0) yield doc({ [operand]: int(n) });
  };
}
