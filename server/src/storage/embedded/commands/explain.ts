import { parsePipeline } from '../agg/parse.ts';
import { type Doc, doc, int, isDoc, type Value } from '../bson/value.ts';
import { badValue, Refusal, typeMismatch } from '../errors.ts';
import { parseSort } from '../query/sort.ts';
import type { Collection } from '../store/collection.ts';
import { absorb } from './aggregate.ts';
import { Command } from './command.ts';
import type { Engine } from './engine.ts';
import { type Effort, matching, plainQuery, type Query } from './find.ts';
import { paceOf } from './pace.ts';
import { planDoc } from './plan-doc.ts';
import { ok } from './reply.ts';

const VERBOSITY = ['queryPlanner', 'executionStats', 'allPlansExecution'];

/** What a command would look for, and what it would then do with it. */
interface Subject {
  query: Query;
  /** The stage that uses what was found, for what is not a plain query. */
  top?: string;
  /** The stages of a pipeline after those that became the query. */
  rest?: Value[];
  projects?: boolean;
}

/**
 * How a find, aggregate, count, distinct, update, delete or findAndModify finds its documents, in MongoDB's words. With
 * `executionStats` (and `allPlansExecution`, for there is one plan only) the search is done, a change never.
 */
export async function explain(engine: Engine, command: Command): Promise<Doc> {
  const given = command.body.get('explain') ?? null;
  if (!isDoc(given)) throw typeMismatch("BSON field 'explain' has to be an object");
  const verbosity = command.body.has('verbosity') ? command.string('verbosity') : 'allPlansExecution';
  if (!VERBOSITY.includes(verbosity)) throw badValue(`verbosity string must be one of ${VERBOSITY.join(', ')}`);
  const inner = new Command(new Map([...given, ['$db', command.db]]));
  const subject = subjectOf(engine, inner);
  const collection = engine.catalog.find(inner.db, inner.collection);
  const winningPlan = planDoc(collection, subject);
  const queryPlanner = doc({
    namespace: inner.namespace,
    parsedQuery: subject.query.filter,
    winningPlan,
    rejectedPlans: [],
  });
  const stats =
    verbosity === 'queryPlanner' ? undefined : await statsOf(engine, command, collection, subject, winningPlan);
  return ok({ explainVersion: '1', ...explained(subject, queryPlanner, stats), command: given });
}

/** A pipeline of which something is left shows it as stages behind a cursor. */
function explained(
  { rest = [] }: Subject,
  queryPlanner: Doc,
  executionStats: Doc | undefined,
): Record<string, Value | undefined> {
  if (rest.length === 0) return { queryPlanner, executionStats };
  return { stages: [doc({ $cursor: doc({ queryPlanner, executionStats }) }), ...rest] };
}

async function statsOf(
  engine: Engine,
  command: Command,
  collection: Collection | undefined,
  { query, top }: Subject,
  winningPlan: Doc,
): Promise<Doc> {
  const effort: Effort = { keys: 0, documents: 0 };
  const start = performance.now();
  const pace = paceOf(engine, command);
  let found = 0;
  // Every document is counted by the collection itself, without reading them.
  if (top === 'COUNT' && query.filter.size === 0) found = collection?.count() ?? 0;
  else if (collection) {
    for (const match of matching(collection, query, effort)) {
      if (match) found++;
      if (pace.isDue()) await pace.rest();
    }
  }
  const returned = top === undefined || top === 'DISTINCT' ? found : top === 'COUNT' ? 1 : 0;
  const counts = {
    nReturned: int(top === 'COUNT' ? found : returned),
    totalKeysExamined: int(effort.keys),
    totalDocsExamined: int(effort.documents),
  };
  const changes =
    top === 'UPDATE' || top === 'DELETE' ? { [top === 'UPDATE' ? 'nMatched' : 'nWouldDelete']: int(found) } : {};
  return doc({
    executionSuccess: true,
    ...counts,
    executionTimeMillis: int(Math.round(performance.now() - start)),
    executionStages: new Map<string, Value>([...winningPlan, ['nReturned', int(returned)], ...doc(changes)]),
  });
}

function subjectOf(engine: Engine, command: Command): Subject {
  const now = engine.clock.now();
  const plain = (option: string): Query => plainQuery(command.doc(option), now);
  switch (command.name) {
    case 'find':
      return {
        query: {
          ...plain('filter'),
          sort: parseSort(command.doc('sort')),
          skip: command.size('skip') ?? 0,
          limit: command.size('limit') ?? 0,
        },
        projects: command.doc('projection').size > 0,
      };
    case 'aggregate': {
      const stages = command.array('pipeline');
      const { query, rest } = absorb(parsePipeline(stages), now);
      return { query, rest: rest.length > 0 ? stages.slice(-rest.length) : [] };
    }
    case 'count':
      return { query: plain('query'), top: 'COUNT' };
    case 'distinct':
      return { query: plain('query'), top: 'DISTINCT' };
    case 'update':
      return changing(command.docs('updates'), 'UPDATE', now, (statement) => statement.get('multi') === true);
    case 'delete':
      return changing(command.docs('deletes'), 'DELETE', now, (statement) => isZero(statement.get('limit')));
    case 'findAndModify':
      return {
        query: { ...plain('query'), sort: parseSort(command.doc('sort')), limit: 1 },
        top: command.flag('remove') ? 'DELETE' : 'UPDATE',
      };
    default:
      throw new Refusal(59, `Explain failed due to unknown command: ${command.name}`);
  }
}

function changing(statements: Doc[], top: string, now: Date, multi: (statement: Doc) => boolean): Subject {
  const [statement] = statements;
  if (!statement || statements.length > 1) throw new Refusal(72, 'explained write batches must be of size 1');
  const filter = statement.get('q') ?? null;
  if (!isDoc(filter)) throw typeMismatch("BSON field 'q' is the wrong type, expected type 'object'");
  return { query: { ...plainQuery(filter, now), limit: multi(statement) ? 0 : 1 }, top };
}

const isZero = (value: Value | undefined): boolean =>
  value === 0 || value === 0n || (typeof value === 'object' && value !== null && 'value' in value && value.value === 0);
