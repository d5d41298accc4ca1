import { describe, expect, it } from 'vitest';
import { random } from '../testing/random.ts';
import { BrokenFrame, Frames } from './frames.ts';

const message = (length: number, fill: number): Buffer => {
  const made = Buffer.alloc(length, fill);
  made.writeInt32LE(length);
  return made;
};

describe('Frames', () => {
  it('finds the same messages however the stream is cut', () => {
    const source = random(3);
    const messages = Array.from({ length: 40 }, (_, i) => message(16 + source.below(300), i));
    const stream = Buffer.concat(messages);
    const frames = new Frames();
    const found: Buffer[] = [];
    for (let at = 0; at < stream.length; ) {
      const next = at + 1 + source.below(120);
      found.push(...frames.take(stream.subarray(at, next)));
      at = next;
    }
    expect(Buffer.concat(found).equals(stream)).toBe(true);
    expect(found).toHaveLength(messages.length);
  });

  it.each([0, 15, -1, 48_000_001])('gives up on a message of %i bytes', (length) => {
    const head = Buffer.alloc(16);
    head.writeInt32LE(length);
    expect(() => new Frames().take(head)).toThrow(BrokenFrame);
  });
});
