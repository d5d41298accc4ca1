import { Shapes } from '../case-result.ts';
import type { Hook, Runner, Suite, Test, Told } from './report.ts';

const LONGEST = 2_000; // characters of an error; assertions show whole documents

/**
 * Follows mocha through one file and tells what became of each test and what it sent. What a `before` hook sends counts
 * for every test below it; what comes between two tests, from a model that still builds its indexes, counts for none.
 */
export class Recorder {
  private readonly tell: (told: Told) => void;
  private readonly suites = new Map<Suite, Shapes>();
  private readonly told = new Set<Test>();
  private current: Shapes | null = null;
  private last: Shapes | null = null;
  private why: string | undefined;

  constructor(tell: (told: Told) => void) {
    this.tell = tell;
  }

  /** A client of the test at work has sent a command. */
  sent(command: Record<string, unknown>): void {
    this.current?.add(command);
  }

  follow(runner: Runner): void {
    runner.on('suite', (suite) => this.suites.set(suite, new Shapes()));
    runner.on('hook', (hook) => {
      if (isBeforeAll(hook)) this.current = this.suites.get(hook.parent) ?? null;
    });
    runner.on('hook end', (hook) => {
      if (isBeforeAll(hook)) this.current = null;
    });
    runner.on('test', () => {
      this.current = new Shapes();
      this.why = undefined;
    });
    runner.on('fail', (failed, error) => this.fail(failed, error));
    runner.on('test end', (test) => this.end(test));
  }

  private fail(failed: Test | Hook, error: unknown): void {
    this.why = textOf(error);
    if (failed.type !== 'hook') return;
    const why = `${failed.title}: ${this.why}`;
    // A hook before the tests takes all of them with it; the one after a test comes when that is told already.
    if (failed.title.includes('before')) {
      failed.parent.eachTest((test) => this.say(test, { outcome: 'failed', why }));
      this.last = this.current;
      this.current = null;
    } else {
      this.current = this.last;
      this.tell({ test: failed.fullTitle(), outcome: 'failed', why, ...this.shapesIn(failed.parent) });
      this.current = null;
    }
  }

  private end(test: Test): void {
    if (test.state === 'failed') this.say(test, { outcome: 'failed', why: this.why });
    else this.say(test, { outcome: test.state === 'passed' ? 'passed' : 'skipped' });
    this.last = this.current;
    this.current = null;
  }

  private say(test: Test, came: Pick<Told, 'outcome' | 'why'>): void {
    if (this.told.has(test)) return;
    this.told.add(test);
    this.tell({ test: test.fullTitle(), ...came, ...this.shapesIn(test.parent) });
  }

  /** What the test at work sent, and the hooks before it. */
  private shapesIn(suite: Suite): Pick<Told, 'unlisted' | 'sent'> {
    const all = new Set(this.current?.unlisted);
    let sent = this.current?.sent ?? 0;
    for (let above: Suite | undefined = suite; above; above = above.parent) {
      const shapes = this.suites.get(above);
      for (const shape of shapes?.unlisted ?? []) all.add(shape);
      sent += shapes?.sent ?? 0;
    }
    return { unlisted: [...all].sort(), sent };
  }
}

const isBeforeAll = ({ title }: Hook): boolean => title.startsWith('"before all"');

const textOf = (error: unknown): string =>
  (error instanceof Error ? `${error.name}: ${error.message}\n${error.stack ?? ''}` : String(error)).slice(0, LONGEST);
