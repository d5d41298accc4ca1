import { decode } from '../bson/decode.ts';
import { encode } from '../bson/encode.ts';
import { type Doc, doc, int } from '../bson/value.ts';
import type { Matcher } from '../query/match.ts';
import type { Projection } from '../query/project.ts';
import { type Sort, Sorter } from '../query/sort.ts';
import { type GroupSpec, gather } from './group.ts';
import type { Stage } from './parse.ts';

/** Documents on their way through; null means that a stage is at work and others may have a turn. */
export type Stream = Generator<Doc | null>;

const INT32_MAX = 2 ** 31 - 1;

export function runStage(stage: Stage, input: Stream, now: Date): Stream {
  switch (stage.name) {
    case '$match':
      return match(input, stage.matches, now);
    case '$sort':
      return sort(input, stage.sort);
    case '$skip':
      return skip(input, stage.count);
    case '$limit':
      return limit(input, stage.count);
    case '$project':
      return project(input, stage.projection, now);
    case '$group':
      return group(input, stage.group, now);
    case '$count':
      return count(input, stage.field);
  }
}

function* match(input: Stream, matches: Matcher, now: Date): Stream {
  for (const one of input) yield one && matches(one, now) ? one : null;
}

function* sort(input: Stream, order: Sort): Stream {
  const sorter = new Sorter<Buffer>(order);
  for (const one of input) {
    if (one) {
      const bytes = encode(one); // takes a third of what the decoded document does
      sorter.add(one, bytes, bytes.length);
    }
    yield null;
  }
  for (const bytes of sorter.finish()) yield decode(bytes);
}

function* skip(input: Stream, wanted: number): Stream {
  let passed = 0;
  for (const one of input) yield one && passed++ >= wanted ? one : null;
}

function* limit(input: Stream, wanted: number): Stream {
  let left = wanted;
  for (const one of input) {
    yield one;
    if (one && --left === 0) return;
  }
}

function* project(input: Stream, projection: Projection, now: Date): Stream {
  for (const one of input) yield one && projection(one, now);
}

function* group(input: Stream, spec: GroupSpec, now: Date): Stream {
  const groups = gather(spec);
  for (const one of input) {
    if (one) groups.take({ root: one, now });
    yield null;
  }
  yield* groups.results();
}

function* count(input: Stream, field: string): Stream {
  let n = 0;
  for (const one of input) {
    if (one) n++;
    yield null;
  }
  if (n > 0) yield doc({ [field]: n > INT32_MAX ? BigInt(n) : int(n) });
}
