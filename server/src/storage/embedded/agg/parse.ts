import { wholeOf } from '../bson/number.ts';
import { show } from '../bson/show.ts';
import { type Doc, isDoc, isNumber, type Value } from '../bson/value.ts';
import { Refusal, typeMismatch, unknownStage } from '../errors.ts';
import { compileFilter, type Matcher } from '../query/match.ts';
import { compileProjection, type Projection } from '../query/project.ts';
import type { Sort } from '../query/sort.ts';
import { known, STAGES } from '../shapes.ts';
import { type GroupSpec, parseGroup } from './group.ts';
import { parseSortStage } from './sort-spec.ts';

const MAX_STAGES = 1000; // MongoDB's limit for one pipeline
const INT64_MAX = 2n ** 63n - 1n;

interface Filter {
  filter: Doc;
  matches: Matcher;
}

/** A stage that was read and found right, ready to run any number of times. */
export type Stage =
  | ({ name: '$match' } & Filter)
  | { name: '$sort'; sort: Sort }
  | { name: '$skip'; count: number }
  | { name: '$limit'; count: number }
  | { name: '$project'; projection: Projection }
  | { name: '$group'; group: GroupSpec }
  | { name: '$count'; field: string };

/** Reads a pipeline, its stages in order: the first that is wrong answers, before anything runs. */
export function parsePipeline(pipeline: Value[]): Stage[] {
  if (pipeline.length > MAX_STAGES) {
    throw new Refusal(7749501, `Pipeline length must be no longer than ${MAX_STAGES} stages`);
  }
  return pipeline.map((given) => {
    if (!isDoc(given)) throw typeMismatch("Each element of the 'pipeline' array must be an object");
    const [[name, operand] = ['', null]] = given;
    if (given.size !== 1) {
      throw new Refusal(40323, 'A pipeline stage specification object must contain exactly one field.');
    }
    return parseStage(name, operand);
  });
}

/** The top-level fields that a stage looks at, where it makes documents of its own; null when it hands on what it gets. */
export function readsOf(stage: Stage | undefined): ReadonlySet<string> | null {
  if (stage?.name === '$count') return new Set();
  return stage?.name === '$group' ? stage.group.reads : null;
}

function parseStage(name: string, operand: Value): Stage {
  const stage = known(STAGES, name);
  switch (stage) {
    case undefined:
      throw unknownStage(name);
    case '$match':
      return { name: stage, ...parseMatch(operand) };
    case '$sort':
      return { name: stage, sort: parseSortStage(operand) };
    case '$skip':
      return {
        name: stage,
        count: amount(operand, (why) => new Refusal(5107200, `invalid argument to $skip stage: ${why}`)),
      };
    case '$limit':
      return { name: stage, count: parseLimit(operand) };
    case '$project':
      return { name: stage, projection: parseProject(operand) };
    case '$group':
      return { name: stage, group: parseGroup(operand) };
    case '$count':
      return { name: stage, field: parseCount(operand) };
  }
}

function parseMatch(operand: Value): Filter {
  if (!isDoc(operand)) throw new Refusal(15959, 'the match filter must be an expression in an object');
  return { filter: operand, matches: compileFilter(operand) };
}

function parseLimit(operand: Value): number {
  const count = amount(operand, (why) => new Refusal(5107201, `invalid argument to $limit stage: ${why}`));
  if (count === 0) throw new Refusal(15958, 'the limit must be positive');
  return count;
}

/** A whole number from 0 to the largest int64, of any numeric type. */
function amount(operand: Value, refuse: (why: string) => Refusal): number {
  if (!isNumber(operand)) throw refuse(`Expected a number in: ${show(operand)}`);
  const whole = wholeOf(operand);
  if (whole === null) throw refuse(`Expected an integer: ${show(operand)}`);
  if (whole < 0n) throw refuse(`Expected a non-negative number in: ${show(operand)}`);
  if (whole > INT64_MAX) throw refuse(`Cannot represent as a 64-bit integer: ${show(operand)}`);
  return Number(whole);
}

function parseProject(operand: Value): Projection {
  if (!isDoc(operand)) throw new Refusal(15969, '$project specification must be an object');
  const projection = compileProjection(operand, true);
  if (!projection)
    throw new Refusal(51272, 'Invalid $project :: caused by :: projection specification must have at least one field');
  return projection;
}

function parseCount(operand: Value): string {
  if (typeof operand !== 'string') throw new Refusal(40156, 'the count field must be a non-empty string');
  if (operand === '') throw new Refusal(40157, 'the count field must be a non-empty string');
  if (operand.startsWith('$')) throw new Refusal(40158, 'the count field cannot be a $-prefixed path');
  if (operand.includes('\0')) throw new Refusal(40159, 'the count field cannot contain a null byte');
  if (operand.includes('.')) throw new Refusal(40160, "the count field cannot contain '.'");
  if (operand === '_id') throw new Refusal(9039800, "the count field cannot be '_id'");
  return operand;
}
