import mongoose from 'mongoose';
import { describe, expect, it } from 'vitest';
import { random } from '../testing/random.ts';
import { decode, fieldReader, sound } from './decode.ts';

const { BSON } = mongoose.mongo;

const EVERYTHING = {
  double: 1.5,
  text: 'text',
  document: { a: { b: [1, 'x'] } },
  list: [{ a: 1 }, [2], 'three'],
  bytes: new BSON.Binary(Buffer.from('bytes')),
  id: new BSON.ObjectId(),
  flag: true,
  date: new Date(0),
  nothing: null,
  pattern: /a+/i,
  int: 1,
  stamp: new BSON.Timestamp({ t: 1, i: 2 }),
  long: BSON.Long.fromNumber(5),
  decimal: BSON.Decimal128.fromString('1.5'),
  least: new BSON.MinKey(),
  most: new BSON.MaxKey(),
  last: 'end',
};
const BYTES = Buffer.from(BSON.serialize(EVERYTHING));

describe('fieldReader', () => {
  it('reads each field as decode does, past all others', () => {
    const whole = decode(BYTES);
    for (const [name, value] of whole) expect([...fieldReader([name])(BYTES)]).toEqual([[name, value]]);
    expect(fieldReader(['last', 'double', 'missing'])(BYTES).size).toBe(2);
    expect(fieldReader([])(BYTES).size).toBe(0);
    expect(fieldReader(['tex', 'texts'])(BYTES).size).toBe(0);
  });

  it('never reads beyond a broken document', () => {
    const read = fieldReader(['last', 'missing']);
    for (let at = 0; at < BYTES.length; at++) {
      for (const value of [0, 0x7f, 0xff]) {
        const broken = Buffer.from(BYTES);
        broken[at] = value;
        try {
          read(broken);
        } catch (error) {
          expect(error).toMatchObject({ name: 'Refusal' });
        }
      }
    }
  });
});

describe('sound', () => {
  it('lets pass what decode reads', () => expect(sound(BYTES)).toBe(BYTES));

  it('refuses structures that decode refuses', () => {
    const source = random(2);
    for (let round = 0; round < 5_000; round++) {
      const broken = Buffer.from(BYTES);
      broken[source.below(broken.length)] = source.below(256);
      const refused = (read: (bytes: Buffer) => unknown): string | null => {
        try {
          read(broken);
          return null;
        } catch (error) {
          expect(error).toMatchObject({ name: 'Refusal' });
          return String(error);
        }
      };
      const why = refused(decode);
      // A boolean of 7 is a wrong value within a sound structure.
      if (why !== null && !why.includes('boolean')) expect(refused(sound)).not.toBeNull();
    }
  });
});
