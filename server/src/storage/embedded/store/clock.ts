import { Timestamp } from '../bson/value.ts';

/** The one clock of the store: `$$NOW`, `$currentDate` and the timestamps that it fills in. */
export interface Clock {
  now(): Date;
  /** Strictly rising, also across a restart and when the machine's clock is set back. */
  stamp(): Timestamp;
  /** The last stamp given out; it is saved with the writes that hold it. */
  last(): bigint;
}

export function createClock(lastStamp: bigint, now: () => Date = () => new Date()): Clock {
  let last = lastStamp;
  const stamp = (): Timestamp => {
    const second = BigInt(Math.floor(now().getTime() / 1000)) << 32n;
    last = second > last ? second + 1n : last + 1n;
    return new Timestamp(last);
  };
  return { now, stamp, last: () => last };
}
