/** What was made last for up to `limit` keys: for things that are slow to make, the same for the same key, and never changed. */
export class Cache<Value> {
  readonly #limit: number;
  readonly #kept = new Map<string, Value>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  get size(): number {
    return this.#kept.size;
  }

  of(key: string, make: () => Value): Value {
    const found = this.#kept.get(key);
    if (found !== undefined) {
      // A map keeps the order of insertion: the key that was asked for longest ago comes first.
      this.#kept.delete(key);
      this.#kept.set(key, found);
      return found;
    }
    const made = make();
    this.#kept.set(key, made);
    if (this.#kept.size > this.#limit) this.#kept.delete(this.#kept.keys().next().value as string);
    return made;
  }
}
