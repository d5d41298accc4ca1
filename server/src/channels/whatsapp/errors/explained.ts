/** What kind of trouble a code tells of: it decides what the person is shown and who can do something about it. */
export type ErrorClass =
  | 'busy'
  | 'temporary'
  | 'credentials'
  | 'permission'
  | 'configuration'
  | 'recipient'
  | 'window'
  | 'template'
  | 'content'
  | 'media'
  | 'consent'
  | 'blocked'
  | 'quality'
  | 'account'
  | 'registration'
  | 'form'
  | 'unknown';

/** A provider's code in words of ours. */
export interface ProviderError {
  code: string;
  /**
   * `retry`: the same call may succeed in a moment; `later`: only after a known wait; `never`: not without somebody
   * changing something.
   */
  retry: 'retry' | 'later' | 'never';
  /** Seconds before the next try; null with `never`. */
  afterSeconds: number | null;
  class: ErrorClass;
  /** What happened, for a person who does not know the provider's terms. */
  words: string;
  /** What to do about it, and where. */
  remedy: string;
}

export type Explained = Omit<ProviderError, 'code'>;

/** Worth another try after a moment, growing from `afterSeconds`. */
export const retry = (afterSeconds: number, group: ErrorClass, words: string, remedy: string): Explained => ({
  retry: 'retry',
  afterSeconds,
  class: group,
  words,
  remedy,
});

/** Worth another try, but not before `afterSeconds`. */
export const later = (afterSeconds: number, group: ErrorClass, words: string, remedy: string): Explained => ({
  retry: 'later',
  afterSeconds,
  class: group,
  words,
  remedy,
});

/** Fails again until somebody changes something. */
export const never = (group: ErrorClass, words: string, remedy: string): Explained => ({
  retry: 'never',
  afterSeconds: null,
  class: group,
  words,
  remedy,
});
