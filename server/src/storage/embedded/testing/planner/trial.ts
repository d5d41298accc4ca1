import { decode } from '../../bson/decode.ts';
import { keyOf } from '../../bson/key.ts';
import { isDoc, type Value } from '../../bson/value.ts';
import { CursorReply } from '../../commands/reply.ts';
import { run } from '../../commands/run.ts';
import { errorReply, Refusal } from '../../errors.ts';
import { parseSort, sortKey } from '../../query/sort.ts';
import { QUERY_OPERATORS, TOP_LEVEL_OPERATORS } from '../../shapes.ts';
import { type Finding, verifyCollection } from '../../store/verify.ts';
import { type Fields, openTestEngine, type TestEngine, toDoc } from '../engine.ts';
import { type Random, random } from '../random.ts';
import { inOneTurn } from '../turns.ts';
import { filterOf, indexOf, operatorsIn, projectionOf, show, sortOf, updateOf } from './questions.ts';
import { anyValue, fieldsOf } from './values.ts';

const DOCUMENTS = 80;
const INDEXES = 6; // at a time
const ROUND = 250; // queries until other indexes are made
const CHANGES = 8; // queries between two changes of the documents

export interface Trial {
  queries: number;
  changes: number;
  /** How many queries found their documents by which kind of index; 'everything' by none, 'union' by several. */
  by: Map<string, number>;
  sortedByIndex: number;
  operators: Map<string, number>;
  /** What came out differently, with everything needed to look into it. */
  differences: string[];
}

/** Every operator that a filter may hold: those that never came up are a hole in the trial. */
export const ALL_OPERATORS: readonly string[] = [...TOP_LEVEL_OPERATORS, ...QUERY_OPERATORS];

/**
 * The same documents in two collections, one with indexes, one without: what is asked of both has to come out alike. With
 * an odd seed documents hold arrays, with an even one they do not.
 */
export async function tryPlanner(seed: number, queries: number): Promise<Trial> {
  const store = openTestEngine(() => new Date(1_000_000));
  inOneTurn(store.engine);
  const trial: Trial = {
    queries: 0,
    changes: 0,
    by: new Map(),
    sortedByIndex: 0,
    operators: new Map(),
    differences: [],
  };
  try {
    const twins = new Twins(store, random(seed), trial, seed % 2 === 1);
    await twins.fill();
    while (trial.queries < queries) {
      if (trial.queries % ROUND === 0) await twins.otherIndexes();
      if (trial.queries % CHANGES === 0) await twins.change();
      await twins.ask();
      trial.queries++;
    }
    twins.verify();
  } finally {
    store.close();
  }
  return trial;
}

interface Answer {
  code: number;
  rows: string[];
  fields: string;
}

class Twins {
  private readonly store: TestEngine;
  private readonly source: Random;
  private readonly trial: Trial;
  private readonly arrays: boolean;

  constructor(store: TestEngine, source: Random, trial: Trial, arrays: boolean) {
    this.arrays = arrays;
    this.store = store;
    this.source = source;
    this.trial = trial;
  }

  /** What one of them answers; rows as the bytes they are stored as. */
  private async answer(body: Fields): Promise<Answer> {
    try {
      const reply = await run(this.store.engine, toDoc({ ...body, $db: 'test' }));
      this.store.engine.commit();
      if (reply instanceof CursorReply)
        return { code: 0, rows: reply.rows.map((row) => row.toString('hex')), fields: '' };
      const values = reply.get('values');
      const rows = Array.isArray(values) ? values.map((value) => keyOf(value).toString('hex')).sort() : [];
      return { code: 0, rows, fields: JSON.stringify([...reply].filter(([name]) => name !== 'values').map(plain)) };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const code = errorReply(error).get('code');
      return { code: error.code, rows: [], fields: JSON.stringify(code) };
    }
  }

  private async both(body: (name: string) => Fields): Promise<[Answer, Answer]> {
    return [await this.answer(body('indexed')), await this.answer(body('plain'))];
  }

  private compare(what: Fields, [indexed, plain]: [Answer, Answer]): void {
    if (indexed.code === plain.code && indexed.fields === plain.fields && same(indexed.rows, plain.rows)) return;
    this.differs(what, `${describe(indexed)} with, ${describe(plain)} without indexes`);
  }

  private differs(what: Fields, how: string): void {
    this.trial.differences.push(`${show(what)}: ${how}; indexes ${JSON.stringify(this.names())}`);
  }

  private names(): unknown {
    return this.store.engine.catalog
      .find('test', 'indexed')
      ?.indexes.map(({ spec }) => [spec.name, ...spec.fields.map(({ name }) => name)]);
  }

  async fill(): Promise<void> {
    for (let n = 0; n < DOCUMENTS; n++) {
      const _id = this.source.chance(0.8) ? n : { n, x: anyValue(this.source) };
      const documents = [{ _id, u: n, ...fieldsOf(this.source, this.arrays) }];
      for (const insert of ['plain', 'indexed']) await this.answer({ insert, documents });
    }
  }

  /** Some cannot be made over what is there (parallel arrays): others take their place. */
  async otherIndexes(): Promise<void> {
    await this.answer({ dropIndexes: 'indexed', index: '*' });
    for (let number = 0, made = 0; made < INDEXES && number < 100; number++) {
      const { definition } = indexOf(this.source, number);
      const reply = await this.answer({ createIndexes: 'indexed', indexes: [definition] });
      if (reply.code === 0) made++;
    }
  }

  /** A write that is refused stops half way, in an order that is the plan's own: the twins are made alike again. */
  async change(): Promise<void> {
    this.trial.changes++;
    const { source } = this;
    const q = source.chance(0.5)
      ? { _id: source.below(DOCUMENTS) }
      : { u: { $lt: source.below(90) }, ...filterOf(source, 1) };
    const multi = !('_id' in q);
    const roll = source.below(10);
    const u = updateOf(source, this.arrays);
    const answers = await this.both((name) => {
      if (roll === 0)
        return {
          delete: name,
          deletes: [{ q: { _id: source.below(1) + (this.trial.changes % DOCUMENTS) }, limit: 1 }],
        };
      if (roll === 1)
        return { delete: name, deletes: [{ q: { $and: [{ u: this.trial.changes % DOCUMENTS }, q] }, limit: 0 }] };
      if (roll < 5) return { findAndModify: name, query: q, sort: { ...sortFor(roll), _id: 1 }, update: u, new: true };
      return { update: name, updates: [{ q, u, multi }] };
    });
    const refused = answers.some(({ code, fields }) => code !== 0 || fields.includes('writeErrors'));
    if (!refused) this.compare({ q, u }, answers);
    await this.makeAlike();
    await this.refill();
  }

  private async makeAlike(): Promise<void> {
    const [indexed, plain] = await this.both((find) => ({ find, batchSize: 1000 }));
    if (same(indexed.rows, plain.rows)) return;
    await this.answer({ delete: 'plain', deletes: [{ q: {}, limit: 0 }] });
    const collection = this.store.engine.catalog.find('test', 'plain');
    for (const row of indexed.rows) collection?.insert(decode(Buffer.from(row, 'hex')), new Date(0));
    this.store.engine.commit();
  }

  /** What deletes took is put back, as others. */
  private async refill(): Promise<void> {
    const id = this.trial.changes % DOCUMENTS;
    const documents = [{ _id: id, u: id, ...fieldsOf(this.source, this.arrays) }];
    const reply = await this.answer({ insert: 'indexed', documents });
    if (!reply.fields.includes('writeErrors')) await this.answer({ insert: 'plain', documents });
  }

  async ask(): Promise<void> {
    const { source, trial } = this;
    const filter = filterOf(source);
    const sort = sortOf(source);
    for (const operator of operatorsIn(filter)) count(trial.operators, operator);
    this.note(filter, sort);
    const cut = source.chance(0.4) ? { skip: source.below(5), limit: 1 + source.below(12) } : {};
    const total = {
      find: '',
      filter,
      sort: { ...sort, _id: 1 },
      projection: projectionOf(source),
      ...cut,
      batchSize: 1000,
    };
    this.compare(total, await this.both((find) => ({ ...total, find })));
    await this.askOtherwise(filter, sort, cut);
  }

  private async askOtherwise(filter: Fields, sort: Fields, cut: Fields): Promise<void> {
    const key = this.source.pick(['a', 'd.x', 'e']);
    switch (this.source.below(4)) {
      case 0:
        return this.compare({ filter, ...cut }, await this.both((name) => ({ count: name, query: filter, ...cut })));
      case 1:
        return this.compare({ filter, key }, await this.both((distinct) => ({ distinct, key, query: filter })));
      case 2: {
        const pipeline = [
          { $match: filter },
          { $sort: { ...sort, _id: -1 } },
          { $group: { _id: null, n: { $sum: 1 }, ids: { $push: '$_id' } } },
        ];
        return this.compare({ pipeline }, await this.both((aggregate) => ({ aggregate, pipeline, cursor: {} })));
      }
      default:
        return this.compareSorted(filter, sort, cut);
    }
  }

  /** Without a last word on ties: keys in the same order, and without a cut the same documents. */
  private async compareSorted(filter: Fields, sort: Fields, cut: Fields): Promise<void> {
    const [indexed, plain] = await this.both((find) => ({ find, filter, sort, ...cut, batchSize: 1000 }));
    const order = parseSort(toDoc(sort));
    const keys = ({ rows }: Answer) =>
      rows.map((row) => sortKey(decode(Buffer.from(row, 'hex')), order).toString('hex'));
    const alike = order.length === 0 || same(keys(indexed), keys(plain));
    const complete = 'limit' in cut || same([...indexed.rows].sort(), [...plain.rows].sort());
    if (indexed.code !== plain.code || indexed.rows.length !== plain.rows.length || !alike || !complete) {
      this.differs(
        { filter, sort, ...cut },
        `${describe(indexed)} with, ${describe(plain)} without indexes, order ${alike}`,
      );
    }
  }

  /** Which kind of plan the query has. */
  private note(filter: Fields, sort: Fields): void {
    const plan = this.store.engine.catalog.find('test', 'indexed')?.plan(toDoc(filter), parseSort(toDoc(sort)));
    const kind = plan?.kind === 'index' ? plan.index.spec.name.replace(/\d+$/, '') : plan?.kind;
    count(this.trial.by, kind ?? 'everything');
    if (plan?.kind === 'index' && plan.sorted && Object.keys(sort).length > 0) this.trial.sortedByIndex++;
  }

  verify(): void {
    const collection = this.store.engine.catalog.find('test', 'indexed');
    if (!collection) throw new Error('the collection is gone');
    const report = (one: Finding) => this.trial.differences.push(`${one.place}: ${one.problem}`);
    for (const _ of verifyCollection(this.store.engine.disk, collection, new Date(0), report));
  }
}

const sortFor = (roll: number): Fields => [{}, { a: 1 }, { 'd.x': -1 }, { e: 1, b: -1 }, { c: 1 }][roll] ?? {};

const count = (counts: Map<string, number>, name: string): void => void counts.set(name, (counts.get(name) ?? 0) + 1);

const same = (a: string[], b: string[]): boolean => a.length === b.length && a.every((one, i) => one === b[i]);

const describe = ({ code, rows, fields }: Answer): string => (code ? `error ${code}` : `${rows.length} rows ${fields}`);

const plain = ([name, value]: [string, Value]): unknown => [name, isDoc(value) ? keyOf(value).toString('hex') : value];
