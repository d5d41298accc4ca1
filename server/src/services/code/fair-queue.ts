/** Work that waits, by organization. Whoever has the most waiting does not go before the others. */
export interface FairQueue<Work> {
  /** False where there is no room: this organization, or all of them together, have too much waiting. */
  add(organization: string, work: Work): boolean;
  /** The next work, of each organization in turn, of one that has less than its share under way; it is under way then. */
  next(): { organization: string; work: Work } | null;
  /** A piece of work of this organization is no longer under way. */
  done(organization: string): void;
  /** Everything that waits, which then no longer does. */
  drain(): Work[];
}

export interface QueueLimits {
  /** Pieces that may wait, of one organization. */
  each: number;
  /** Pieces that may wait, of all. */
  total: number;
  /** Pieces of one organization that may be under way. */
  share: number;
}

export function createFairQueue<Work>({ each, total, share }: QueueLimits): FairQueue<Work> {
  const waiting = new Map<string, Work[]>(); // in the order of their turns
  const underWay = new Map<string, number>();
  let size = 0;

  return {
    add(organization, work) {
      const own = waiting.get(organization) ?? [];
      if (own.length >= each || size >= total) return false;
      waiting.set(organization, own);
      own.push(work);
      size += 1;
      return true;
    },
    next() {
      for (const [organization, own] of waiting) {
        const running = underWay.get(organization) ?? 0;
        if (running >= share) continue;
        const work = own.shift();
        waiting.delete(organization); // and to the end of the row, if more of it waits
        if (own.length > 0) waiting.set(organization, own);
        if (work === undefined) continue;
        underWay.set(organization, running + 1);
        size -= 1;
        return { organization, work };
      }
      return null;
    },
    done(organization) {
      const running = (underWay.get(organization) ?? 0) - 1;
      if (running > 0) underWay.set(organization, running);
      else underWay.delete(organization);
    },
    drain() {
      const all = [...waiting.values()].flat();
      waiting.clear();
      size = 0;
      return all;
    },
  };
}
