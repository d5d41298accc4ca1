import { MAX_MESSAGE } from '../limits.ts';

const HEADER = 16; // bytes
const LENGTH = 4; // bytes that say how long a message is

/** The stream no longer makes sense: the connection has to go, the others stay. */
export class BrokenFrame extends Error {
  constructor(why: string) {
    super(why);
    this.name = 'BrokenFrame';
  }
}

/**
 * Cuts a stream of bytes into messages. The beginning of a message is gathered in one buffer that doubles as bytes
 * arrive: what is held never exceeds twice what was sent, whatever a message announces and however small its pieces.
 */
export class Frames {
  private begun: Buffer = Buffer.alloc(0);
  private filled = 0;

  /** Bytes held of a message that is not complete. */
  get held(): number {
    return this.begun.length;
  }

  /** Takes what arrived and gives the messages that are now complete. */
  take(chunk: Buffer): Buffer[] {
    const messages: Buffer[] = [];
    let rest = this.filled > 0 ? this.goOn(chunk, messages) : chunk;
    while (rest.length >= LENGTH) {
      const length = lengthOf(rest);
      if (rest.length < length) break;
      messages.push(rest.subarray(0, length));
      rest = rest.subarray(length);
    }
    if (rest.length > 0) this.keep(rest);
    return messages;
  }

  /** Adds to the message that was begun; gives what came after its end. */
  private goOn(chunk: Buffer, messages: Buffer[]): Buffer {
    let rest = chunk;
    if (this.filled < LENGTH) {
      rest = this.add(rest, LENGTH);
      if (this.filled < LENGTH) return rest;
    }
    const length = lengthOf(this.begun);
    rest = this.add(rest, length);
    if (this.filled < length) return rest;
    messages.push(this.begun.subarray(0, length));
    this.begun = Buffer.alloc(0);
    this.filled = 0;
    return rest;
  }

  private add(chunk: Buffer, wanted: number): Buffer {
    const part = chunk.subarray(0, wanted - this.filled);
    this.keep(part, wanted);
    return chunk.subarray(part.length);
  }

  private keep(part: Buffer, wanted = Number.POSITIVE_INFINITY): void {
    const needed = this.filled + part.length;
    if (needed > this.begun.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(needed, Math.min(2 * needed, wanted)));
      this.begun.copy(larger, 0, 0, this.filled);
      this.begun = larger;
    }
    part.copy(this.begun, this.filled);
    this.filled = needed;
  }
}

function lengthOf(message: Buffer): number {
  const length = message.readInt32LE(0);
  if (length < HEADER || length > MAX_MESSAGE) throw new BrokenFrame(`a message of ${length} bytes`);
  return length;
}
