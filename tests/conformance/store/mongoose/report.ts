/** What mocha tells while it runs; mocha is fetched with the suite, so only what is used of it is written down here. */
export interface Runner {
  on(event: 'suite' | 'suite end', listener: (suite: Suite) => void): this;
  on(event: 'hook' | 'hook end', listener: (hook: Hook) => void): this;
  on(event: 'test' | 'test end' | 'pending', listener: (test: Test) => void): this;
  on(event: 'fail', listener: (failed: Test | Hook, error: unknown) => void): this;
}

export interface Suite {
  parent?: Suite;
  eachTest(visit: (test: Test) => void): void;
}

export interface Test {
  type: 'test';
  state?: 'passed' | 'failed' | 'pending';
  parent: Suite;
  fullTitle(): string;
}

export interface Hook {
  type: 'hook';
  title: string;
  parent: Suite;
  fullTitle(): string;
}

/** One test as the child process tells it to its parent. */
export interface Told {
  test: string;
  outcome: 'passed' | 'failed' | 'skipped';
  unlisted: string[];
  sent: number;
  why?: string;
}
