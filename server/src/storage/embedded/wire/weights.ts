interface Mover {
  /** Rises whenever it gets on. */
  readonly moved: number;
}

/** Keeps the sum of what many hold, and tells who has to go when it is too much. */
export class Weights<Holder extends Mover> {
  private readonly held = new Map<Holder, number>();
  private readonly limit: number;
  private sum = 0;

  constructor(limit: number) {
    this.limit = limit;
  }

  all(): Holder[] {
    return [...this.held.keys()];
  }

  get total(): number {
    return this.sum;
  }

  add(holder: Holder): void {
    this.held.set(holder, 0);
  }

  remove(holder: Holder): void {
    this.sum -= this.held.get(holder) ?? 0;
    this.held.delete(holder);
  }

  /** Notes what one holds now. Gives those to be let go, who are removed: of all that hold their share, the most still. */
  weigh(holder: Holder, bytes: number): Holder[] {
    const before = this.held.get(holder);
    if (before === undefined) return [];
    this.held.set(holder, bytes);
    this.sum += bytes - before;
    const gone: Holder[] = [];
    while (this.sum > this.limit) {
      const still = this.mostStill();
      if (!still) break;
      this.remove(still);
      gone.push(still);
    }
    return gone;
  }

  private mostStill(): Holder | undefined {
    const share = this.limit / this.held.size;
    let still: Holder | undefined;
    for (const [one, bytes] of this.held) {
      if (bytes >= share && (!still || one.moved < still.moved)) still = one;
    }
    return still;
  }
}
