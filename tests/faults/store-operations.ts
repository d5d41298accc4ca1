/** What the writers of the kill test do, one after the other. The n-th operation of a writer is always the same. */
export type Operation =
  | { kind: 'insert'; ids: string[]; ordered: boolean }
  | { kind: 'count' }
  | { kind: 'take' }
  | { kind: 'steps'; id: string; count: number }
  | { kind: 'touch'; group: number }
  | { kind: 'tag'; id: string; tag: string }
  | { kind: 'remove'; id: string }
  | { kind: 'index'; drop: boolean }
  | { kind: 'side'; id: string; drop: boolean };

export interface Row {
  _id: string;
  owner: string;
  key: string;
  group: number;
  tags: string | string[];
  touched: number;
  state: 'open' | 'done';
  at: Date;
  expires?: Date;
  text: string;
}

export const WRITERS = 8;
export const GROUPS = 5;
const BULK = 8; // documents of one bulk
const STEPS = 6; // updates of one ordered bulk
const TEXT = 5_000; // characters of the longest text: enough writing for checkpoints to happen
const LATER = new Date('2099-01-01T00:00:00Z');

/** `owner` is the writer in its round; `writer` its number: two of them also make and drop indexes and collections. */
export function operationOf(owner: string, writer: number, n: number): Operation {
  const id = `${owner}.${n}`;
  const many = Array.from({ length: BULK }, (_, i) => `${id}.${i}`);
  const even = Math.floor(n / 16) % 2 === 0;
  switch (n % 16) {
    case 2:
    case 13:
      return { kind: 'count' };
    case 3:
      return { kind: 'insert', ids: many, ordered: true };
    case 5:
      return { kind: 'tag', id: `${owner}.${n - 1}`, tag: `t${n}` };
    case 6:
      return { kind: 'take' };
    case 7:
      return { kind: 'insert', ids: many, ordered: false };
    case 9:
      return { kind: 'touch', group: n % GROUPS };
    case 10:
      return { kind: 'steps', id: `${id}.steps`, count: STEPS };
    case 12:
      return { kind: 'remove', id: `${owner}.${n - 4}` };
    case 14:
      if (writer === 0) return { kind: 'index', drop: !even };
      if (writer === 1) return { kind: 'side', id, drop: !even };
      return { kind: 'insert', ids: [id], ordered: true };
    default:
      return { kind: 'insert', ids: [id], ordered: true };
  }
}

export function rowOf(owner: string, id: string): Row {
  const number = [...id].reduce((sum, character) => (sum * 31 + character.charCodeAt(0)) >>> 0, 7);
  return {
    _id: id,
    owner,
    key: `k${id}`,
    group: number % GROUPS,
    tags: 'none',
    touched: 0,
    state: number % 3 === 0 ? 'open' : 'done',
    at: new Date(number),
    ...(number % 4 === 0 && { expires: LATER }),
    text: 'x'.repeat(number % TEXT),
  };
}

/** One line of a writer's standard output: what came of its n-th operation. */
export interface Said {
  writer: number;
  n: number;
  outcome: 'done' | 'refused';
  /** What `take` was given. */
  value?: number;
}
