import { type Operation, operationOf, type Row, rowOf, type Said } from './store-operations.ts';

/** A row as it has to be. What was under way at the kill, or was refused, may have happened in part. */
interface Expected {
  owner: string;
  sure: boolean;
  touched: Span;
  tags: Set<string>;
  steps?: Span;
}

interface Span {
  least: number;
  most: number;
}

/** What is found when the store is opened again. */
export interface Found {
  rows: Map<string, Row & { steps?: number[] }>;
  counters: Map<string, number>;
  side: Set<string>;
  extraIndex: boolean;
}

type Certainty = 'sure' | 'maybe';

const exactly = (n: number): Span => ({ least: n, most: n });
const plusOne = (span: Span, how: Certainty): void => {
  span.most++;
  if (how === 'sure') span.least++;
};
const holds = ({ least, most }: Span, n: number): boolean => n >= least && n <= most;
const shown = ({ least, most }: Span): string => (least === most ? `${least}` : `${least} to ${most}`);

/** What has to be in the store after the operations that were told, and those that may have come through untold. */
export class Model {
  acknowledged = 0;
  refused = 0;
  private readonly rows = new Map<string, Expected>();
  private readonly counters = new Map<string, Span>();
  private side = new Map<string, Certainty>();
  private extraIndex: boolean | undefined = false;
  private readonly bulks: string[][] = [];
  private readonly said = new Map<number, number>();

  /** Takes what a writer said. Gives what is wrong with it. */
  hear(round: string, { writer, n, outcome, value }: Said): string[] {
    if (writer < 0) return [];
    this.said.set(writer, n);
    const owner = `${round}.${writer}`;
    const operation = operationOf(owner, writer, n);
    this.apply(owner, operation, outcome === 'done' ? 'sure' : 'maybe');
    if (outcome === 'done') this.acknowledged++;
    else this.refused++;
    if (operation.kind !== 'take' || value === undefined) return [];
    const taken = this.counter(`take.${owner}`);
    const wrong = holds(taken, value) ? [] : [`take.${owner}: ${value} instead of ${shown(taken)}`];
    Object.assign(taken, exactly(value));
    return wrong;
  }

  /** The process is gone: each writer's next operation may have come through. */
  end(round: string, writers: number): void {
    for (let writer = 0; writer < writers; writer++) {
      const owner = `${round}.${writer}`;
      this.apply(owner, operationOf(owner, writer, (this.said.get(writer) ?? -1) + 1), 'maybe');
    }
    this.said.clear();
  }

  private apply(owner: string, operation: Operation, how: Certainty): void {
    switch (operation.kind) {
      case 'insert':
        for (const id of operation.ids) this.rows.set(id, fresh(owner, how));
        if (how === 'maybe' && operation.ordered) this.bulks.push(operation.ids);
        return;
      case 'count':
      case 'take':
        plusOne(this.counter(`${operation.kind}.${owner}`), how);
        return;
      case 'steps':
        this.rows.set(operation.id, {
          ...fresh(owner, how),
          steps: { least: how === 'sure' ? operation.count : 0, most: operation.count },
        });
        return;
      case 'touch':
        for (const [id, row] of this.rows) {
          if (row.owner === owner && rowOf(owner, id).group === operation.group) plusOne(row.touched, how);
        }
        return;
      case 'tag': {
        const row = this.rows.get(operation.id);
        if (how === 'sure') row?.tags.clear();
        row?.tags.add(operation.tag);
        return;
      }
      case 'remove': {
        const row = this.rows.get(operation.id);
        if (how === 'sure') this.rows.delete(operation.id);
        else if (row) row.sure = false;
        return;
      }
      case 'index':
        this.extraIndex = how === 'sure' ? !operation.drop : undefined;
        return;
      case 'side':
        if (!operation.drop) this.side.set(operation.id, how);
        else if (how === 'sure') this.side.clear();
        else this.side = new Map([...this.side.keys()].map((id) => [id, 'maybe']));
        return;
    }
  }

  private counter(name: string): Span {
    const held = this.counters.get(name) ?? exactly(0);
    this.counters.set(name, held);
    return held;
  }

  /** What was acknowledged and is not there, or is there and was never asked for. Then takes over what was found. */
  compare(found: Found): string[] {
    const wrong = [...this.compareRows(found), ...this.compareOthers(found)];
    for (const ids of this.bulks) {
      const there = ids.map((id) => found.rows.has(id));
      if (there.lastIndexOf(true) > there.indexOf(false) && there.includes(false)) {
        wrong.push(`the ordered bulk of ${ids[0]} was applied out of order: ${there.map(Number).join('')}`);
      }
    }
    this.bulks.length = 0;
    this.settle(found);
    return wrong;
  }

  private *compareRows({ rows }: Found): Generator<string> {
    for (const [id, expected] of this.rows) {
      const row = rows.get(id);
      if (!row) {
        if (expected.sure) yield `row ${id} is lost`;
        continue;
      }
      const tag = Array.isArray(row.tags) ? row.tags[0] : row.tags;
      const plain = rowOf(expected.owner, id);
      if (row.key !== plain.key || row.text !== plain.text) yield `row ${id} holds something else`;
      if (!holds(expected.touched, row.touched)) {
        yield `row ${id} was touched ${row.touched} times, not ${shown(expected.touched)}`;
      }
      if (tag === undefined || !expected.tags.has(tag)) yield `row ${id} has the tag ${tag}`;
      const steps = row.steps ?? [];
      if (expected.steps && !holds(expected.steps, steps.length)) yield `row ${id} took ${steps.length} steps`;
      if (steps.some((step, i) => step !== i)) yield `row ${id} took its steps out of order: ${steps}`;
    }
    for (const id of rows.keys()) if (!this.rows.has(id)) yield `row ${id} was removed, or never acknowledged`;
  }

  private *compareOthers({ counters, side, extraIndex }: Found): Generator<string> {
    for (const [name, span] of this.counters) {
      const n = counters.get(name) ?? 0;
      if (!holds(span, n)) yield `${name} counts ${n}, not ${shown(span)}`;
    }
    for (const [id, how] of this.side) if (how === 'sure' && !side.has(id)) yield `${id} is lost from side`;
    for (const id of side) if (!this.side.has(id)) yield `${id} is in side, which was dropped`;
    if (this.extraIndex !== undefined && this.extraIndex !== extraIndex) {
      yield `the index extra is ${extraIndex ? '' : 'not '}there`;
    }
  }

  private settle(found: Found): void {
    for (const [id, expected] of this.rows) {
      const row = found.rows.get(id);
      if (!row) {
        this.rows.delete(id);
        continue;
      }
      const tag = Array.isArray(row.tags) ? row.tags[0] : row.tags;
      expected.sure = true;
      expected.touched = exactly(row.touched);
      expected.tags = new Set([tag ?? '']);
      if (expected.steps) expected.steps = exactly(row.steps?.length ?? 0);
    }
    for (const name of this.counters.keys()) this.counters.set(name, exactly(found.counters.get(name) ?? 0));
    this.side = new Map([...found.side].map((id) => [id, 'sure']));
    this.extraIndex = found.extraIndex;
  }
}

const fresh = (owner: string, how: Certainty): Expected => ({
  owner,
  sure: how === 'sure',
  touched: exactly(0),
  tags: new Set(['none']),
});
