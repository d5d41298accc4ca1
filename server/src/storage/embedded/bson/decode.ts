import { Refusal } from '../errors.ts';
import {
  Binary,
  DateTime,
  Decimal,
  type Doc,
  Int32,
  MaxKey,
  MinKey,
  ObjectId,
  Pattern,
  Timestamp,
  type Value,
} from './value.ts';

const MAX_DEPTH = 200; // MongoDB's own limit

/** Bytes of the values whose length their type tells. */
const SIZES = new Map([
  [0x01, 8],
  [0x07, 12],
  [0x08, 1],
  [0x09, 8],
  [0x0a, 0],
  [0x10, 4],
  [0x11, 8],
  [0x12, 8],
  [0x13, 16],
  [0x7f, 0],
  [0xff, 0],
]);

const broken = (why: string) => new Refusal(22, `invalid BSON: ${why}`);

/** Reads one document that fills `bytes` exactly. Anything else is refused with InvalidBSON. */
export function decode(bytes: Buffer): Doc {
  return guarded(() => {
    const reader = new Reader(bytes);
    const made = reader.document(0);
    if (reader.at !== bytes.length) throw broken('bytes after the end of the document');
    return made;
  });
}

/** The bytes themselves, after a look at whether they are one sound document: what is handed on unread has to be. */
export const sound = (bytes: Buffer): Buffer =>
  guarded(() => {
    const reader = new Reader(bytes);
    reader.walk(0);
    if (reader.at !== bytes.length) throw broken('bytes after the end of the document');
    return bytes;
  });

function guarded<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) throw broken('the document ends too early');
    throw error;
  }
}

/** Reads some fields of stored documents and steps over the others: most of a scan's time is decoding what nobody asks for. */
export function fieldReader(names: Iterable<string>): (bytes: Buffer) => Doc {
  const wanted = [...names].map((name) => ({ name, bytes: Buffer.from(name) }));
  return (bytes) => guarded(() => new Reader(bytes).fields(wanted));
}

interface Wanted {
  name: string;
  bytes: Buffer;
}

class Reader {
  at = 0;
  private readonly bytes: Buffer;
  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  document(depth: number): Doc {
    const end = this.open(depth);
    const made: Doc = new Map();
    for (;;) {
      const type = this.byte();
      if (type === 0) break;
      const name = this.cstring();
      made.set(name, this.value(type, depth));
    }
    this.close(end);
    return made;
  }

  /** The document's fields of these names; it is left as soon as all are found. */
  fields(wanted: readonly Wanted[]): Doc {
    this.open(0);
    const made: Doc = new Map();
    while (made.size < wanted.length) {
      const type = this.byte();
      if (type === 0) break;
      const from = this.at;
      while (this.byte() !== 0);
      const found = this.named(wanted, from, this.at - 1);
      if (found) made.set(found.name, this.value(type, 0));
      else this.skip(type);
    }
    return made;
  }

  /** Goes through a document without making anything of it. */
  walk(depth: number): void {
    const end = this.open(depth);
    for (let type = this.byte(); type !== 0; type = this.byte()) {
      while (this.byte() !== 0);
      if (type === 0x03 || type === 0x04) this.walk(depth + 1);
      else this.skip(type);
      if (this.at > end) throw broken('wrong length of a value');
      if (type === 0x02 && this.bytes[this.at - 1] !== 0) throw broken('wrong length of a string');
    }
    this.close(end);
  }

  private named(wanted: readonly Wanted[], from: number, to: number): Wanted | undefined {
    for (const one of wanted) {
      if (one.bytes.length !== to - from) continue;
      let i = 0;
      while (from + i < to && this.bytes[from + i] === one.bytes[i]) i++;
      if (from + i === to) return one;
    }
    return undefined;
  }

  private skip(type: number): void {
    if (type === 0x02) this.pass(4, 1);
    else if (type === 0x03 || type === 0x04) this.pass(0, 5);
    else if (type === 0x05) this.pass(5, 0);
    else {
      const size = SIZES.get(type);
      if (size === undefined) this.value(type, 0);
      else this.at += size;
    }
  }

  /** Steps over a value that begins with its length, which is at least so much. */
  private pass(more: number, least: number): void {
    const length = this.bytes.readInt32LE(this.at);
    if (length < least) throw broken('wrong length of a value');
    this.at += more + length;
  }

  private array(depth: number): Value[] {
    const end = this.open(depth);
    const made: Value[] = [];
    for (;;) {
      const type = this.byte();
      if (type === 0) break;
      while (this.byte() !== 0); // the index: always the position
      made.push(this.value(type, depth));
    }
    this.close(end);
    return made;
  }

  private open(depth: number): number {
    if (depth > MAX_DEPTH) throw new Refusal(15, `the document is nested deeper than ${MAX_DEPTH} levels`);
    const end = this.at + this.bytes.readInt32LE(this.at);
    if (end < this.at + 5 || end > this.bytes.length) throw broken('wrong length of a document');
    this.at += 4;
    return end;
  }

  private close(end: number): void {
    if (this.at !== end) throw broken('wrong length of a document');
  }

  private byte(): number {
    return this.bytes.readUInt8(this.at++);
  }

  private cstring(): string {
    const end = this.bytes.indexOf(0, this.at);
    if (end < 0) throw broken('a name without an end');
    const text = this.bytes.toString('utf8', this.at, end);
    this.at = end + 1;
    return text;
  }

  private take(length: number): Buffer {
    if (length < 0 || this.at + length > this.bytes.length) throw broken('wrong length of a value');
    // A copy: the frame it came in would otherwise live as long as this value.
    const part = Buffer.from(this.bytes.subarray(this.at, this.at + length));
    this.at += length;
    return part;
  }

  private int32(): number {
    const value = this.bytes.readInt32LE(this.at);
    this.at += 4;
    return value;
  }

  private int64(): bigint {
    const value = this.bytes.readBigInt64LE(this.at);
    this.at += 8;
    return value;
  }

  private string(): string {
    const length = this.int32();
    const end = this.at + length;
    if (length < 1 || end > this.bytes.length || this.bytes[end - 1] !== 0) throw broken('wrong length of a string');
    const text = this.bytes.toString('utf8', this.at, end - 1);
    this.at = end;
    return text;
  }

  private value(type: number, depth: number): Value {
    switch (type) {
      case 0x01: {
        const value = this.bytes.readDoubleLE(this.at);
        this.at += 8;
        return value;
      }
      case 0x02:
        return this.string();
      case 0x03:
        return this.document(depth + 1);
      case 0x04:
        return this.array(depth + 1);
      case 0x05: {
        const length = this.int32();
        const subtype = this.byte();
        return new Binary(subtype, this.take(length));
      }
      case 0x07:
        return new ObjectId(this.take(12));
      case 0x08: {
        const flag = this.byte();
        if (flag > 1) throw broken('a boolean that is neither 0 nor 1');
        return flag === 1;
      }
      case 0x09:
        return new DateTime(this.int64());
      case 0x0a:
        return null;
      case 0x0b: {
        const source = this.cstring();
        return new Pattern(source, this.cstring());
      }
      case 0x10:
        return new Int32(this.int32());
      case 0x11:
        return new Timestamp(BigInt.asUintN(64, this.int64()));
      case 0x12:
        return this.int64();
      case 0x13:
        return new Decimal(this.take(16));
      case 0x7f:
        return new MaxKey();
      case 0xff:
        return new MinKey();
      case 0x06:
      case 0x0c:
      case 0x0d:
      case 0x0e:
      case 0x0f:
        throw new Refusal(2, `BSON type ${type} (undefined, DBPointer, code or symbol) is not supported by this store`);
      default:
        throw broken(`unknown type ${type}`);
    }
  }
}
