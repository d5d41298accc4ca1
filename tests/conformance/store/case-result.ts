import { isListed } from '@parley/server/src/storage/embedded/testing/listed.ts';
import { shapesOf } from '@parley/server/src/storage/embedded/testing/shape-of.ts';

/** What became of one test of a public suite. */
export interface CaseResult {
  suite: string;
  file: string;
  test: string;
  outcome: 'passed' | 'failed' | 'skipped';
  /** Shapes that it sent and that the allow-list does not have: with any of them the test is out of scope. */
  unlisted: string[];
  /** Commands that it sent: without any it says nothing about the store. */
  sent: number;
  /** Why it failed or was skipped. */
  why?: string;
}

/** Gathers what a test sends. */
export class Shapes {
  private readonly found = new Set<string>();
  /** Commands added. */
  sent = 0;

  add(command: Record<string, unknown>): void {
    this.sent++;
    for (const shape of shapesOf(command)) if (!isListed(shape)) this.found.add(shape);
  }

  get unlisted(): string[] {
    return [...this.found].sort();
  }
}
