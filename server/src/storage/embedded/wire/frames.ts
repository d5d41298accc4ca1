const HEADER = 16; // bytes
const MAX_MESSAGE = 48_000_000; // bytes, as hello says

/** The stream no longer makes sense: the connection has to go, the others stay. */
export class BrokenFrame extends Error {
  constructor(why: string) {
    super(why);
    this.name = 'BrokenFrame';
  }
}

/** Cuts a stream of bytes into messages. Chunks are kept in a list and joined once, when a message is complete. */
export class Frames {
  private chunks: Buffer[] = [];
  private held = 0;

  /** Takes what arrived and gives the messages that are now complete. */
  take(chunk: Buffer): Buffer[] {
    this.chunks.push(chunk);
    this.held += chunk.length;
    const messages: Buffer[] = [];
    for (let length = this.nextLength(); length !== null && this.held >= length; length = this.nextLength()) {
      messages.push(this.cut(length));
    }
    return messages;
  }

  private nextLength(): number | null {
    if (this.held < 4) return null;
    let [first] = this.chunks;
    if (!first || first.length < 4) {
      first = Buffer.concat(this.chunks);
      this.chunks = [first];
    }
    const length = first.readInt32LE(0);
    if (length < HEADER || length > MAX_MESSAGE) throw new BrokenFrame(`a message of ${length} bytes`);
    return length;
  }

  private cut(length: number): Buffer {
    const [first] = this.chunks;
    const all = this.chunks.length === 1 && first ? first : Buffer.concat(this.chunks);
    const rest = all.subarray(length);
    this.chunks = rest.length > 0 ? [rest] : [];
    this.held = rest.length;
    return all.subarray(0, length);
  }
}
