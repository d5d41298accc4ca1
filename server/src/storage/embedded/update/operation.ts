import type { Doc, Timestamp } from '../bson/value.ts';
import type { Slot } from './slot.ts';

export interface UpdateScope {
  root: Doc;
  /** The store's clock, one reading per command. */
  now: Date;
  /** A strictly rising store timestamp. */
  stamp: () => Timestamp;
}

/** One change at one place. `creates` tells whether a path that is missing is made. */
export interface Operation {
  creates: boolean;
  onlyOnInsert?: boolean;
  /** Refuses a path that leads through a value without fields, also where nothing is made. */
  minds?: boolean;
  apply(slot: Slot, scope: UpdateScope): void;
}
