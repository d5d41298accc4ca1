import { toDouble } from '../bson/number.ts';
import { copy, type Doc, doc, int, isDoc, isNumber, type Value } from '../bson/value.ts';
import { badValue, Refusal } from '../errors.ts';
import type { Memory } from '../store/retries.ts';
import { ok, type Reply } from './reply.ts';
import { mayBeSentAgain, RETRYABLE } from './retryable.ts';

const FAIL_COMMAND = 'failCommand';
const FAIL_BEFORE = 'failBeforeCommitExceptionCode';
const FAIL_WRITE = 'onPrimaryTransactionalWrite';

const NAMES = [FAIL_COMMAND, FAIL_WRITE];

/** The connection has to go without an answer, as if the network had failed. */
export class HangUp extends Error {}

/** Who asks: fail points may be meant for one application only. */
export interface Peer {
  /** Its connection's number. */
  id: number;
  application: string;
}

interface FailPoint {
  /** How many times it is passed before it strikes, and how many times it then strikes. */
  skip: number;
  times: number;
  struck: number;
  data: Doc;
}

/**
 * MongoDB's test command `configureFailPoint`: `failCommand` makes commands fail on purpose, `onPrimaryTransactionalWrite`
 * cuts the connection of a retryable write once a statement is done, or with `failBeforeCommitExceptionCode` before it
 * is. There is one only in a store that was opened for such tests. `wait` lets `blockTimeMS` pass.
 */
export class FailPoints {
  private readonly points = new Map<string, FailPoint>();
  private readonly cut = new WeakSet<Doc>();
  private readonly wait: (ms: number) => Promise<void>;
  constructor(wait: (ms: number) => Promise<void>) {
    this.wait = wait;
  }

  /** Runs a command, or what the fail point does in its place. Throws a Refusal or HangUp as the fail point says. */
  async run(body: Doc, peer: Peer, run: () => Reply | Promise<Reply>): Promise<Reply> {
    const [name = ''] = body.keys();
    if (name === 'configureFailPoint') return this.configure(body);
    peer.application = applicationOf(body) ?? peer.application;
    const data = this.strike(FAIL_COMMAND, (about) => concerns(about, name, peer));
    if (!data) return this.uncut(body, run);
    if (data.get('blockConnection') === true) await this.wait(wholeOf(data.get('blockTimeMS')));
    if (data.get('closeConnection') === true) throw new HangUp(`${name} met a fail point`);
    const code = data.get('errorCode');
    if (code !== undefined) throw failure(body, data, wholeOf(code));
    return withWriteConcernError(await this.uncut(body, run), body, data);
  }

  /** Looks over the statements of a retryable write. Those of one insert count as one: MongoDB commits them together. */
  watch(memory: Memory, body: Doc): void {
    const outcome = memory.outcome.bind(memory);
    const add = memory.add.bind(memory);
    let met = false;
    const strike = (before: boolean): Doc | null => {
      if (met && body.has('insert')) return null;
      const data = this.strike(FAIL_WRITE, (about) => {
        met = about.has(FAIL_BEFORE) === before;
        return met;
      });
      if (data && data.get('closeConnection') !== false) this.cut.add(body);
      return data;
    };
    memory.outcome = (statement) => {
      const before = outcome(statement);
      if (before) return before;
      const code = strike(true)?.get(FAIL_BEFORE);
      if (code === undefined) return undefined;
      memory.save(); // what the statements before it did stands
      throw new Refusal(wholeOf(code), 'failing before the commit on purpose');
    };
    memory.add = (statement, done) => {
      add(statement, done);
      if (wrote(done)) strike(false);
    };
  }

  private async uncut(body: Doc, run: () => Reply | Promise<Reply>): Promise<Reply> {
    const cutOff = (): void => {
      if (this.cut.has(body)) throw new HangUp('the write met a fail point');
    };
    try {
      const reply = await run();
      cutOff();
      return reply;
    } catch (error) {
      cutOff();
      throw error;
    }
  }

  private configure(body: Doc): Doc {
    const name = body.get('configureFailPoint');
    if (typeof name !== 'string' || !NAMES.includes(name)) throw new Refusal(40428, 'there is no such fail point');
    const struck = this.points.get(name)?.struck ?? 0;
    const point = pointOf(body);
    if (point) this.points.set(name, point);
    else this.points.delete(name);
    return ok({ count: int(struck) });
  }

  /** What a fail point says to do now. */
  private strike(name: string, wanted: (data: Doc) => boolean): Doc | null {
    const point = this.points.get(name);
    if (!point || point.times <= 0 || !wanted(point.data)) return null;
    if (point.skip > 0) {
      point.skip--;
      return null;
    }
    point.times--;
    point.struck++;
    return point.data;
  }
}

function pointOf(body: Doc): FailPoint | null {
  const mode = body.get('mode') ?? null;
  if (mode === 'off') return null;
  const data = body.get('data') ?? new Map();
  if (!isDoc(data)) throw badValue('the data of a fail point has to be an object');
  return { skip: countOf(mode, 'skip', 0), times: countOf(mode, 'times', Number.POSITIVE_INFINITY), struck: 0, data };
}

function concerns(data: Doc, command: string, peer: Peer): boolean {
  const names = data.get('failCommands');
  const application = data.get('appName') ?? peer.application;
  return Array.isArray(names) && names.includes(command) && application === peer.application;
}

/** Whether a statement changed anything: only then there is a commit. */
function wrote(outcome: Doc): boolean {
  const last = outcome.get('lastErrorObject');
  return wholeOf((isDoc(last) ? last : outcome).get('n')) > 0;
}

function countOf(mode: Value, name: 'skip' | 'times', otherwise: number): number {
  if (mode === 'alwaysOn') return otherwise;
  if (!isDoc(mode) || !(mode.has('skip') || mode.has('times'))) throw badValue('unknown mode of a fail point');
  return mode.has(name) ? wholeOf(mode.get(name)) : otherwise;
}

const wholeOf = (value: Value | undefined): number => (isNumber(value) ? toDouble(value) : 0);

/** A connection's hello names its application. */
function applicationOf(body: Doc): string | undefined {
  const client = body.get('client');
  const application = isDoc(client) ? client.get('application') : undefined;
  const name = isDoc(application) ? application.get('name') : undefined;
  return typeof name === 'string' ? name : undefined;
}

const failure = (body: Doc, data: Doc, code: number): Refusal =>
  new Refusal(code, "Failing command via 'failCommand' failpoint", doc({ errorLabels: labelsOf(body, data, code) }));

/** Given labels stand, an empty list too; else a retryable write gets the label that a server would add. */
function labelsOf(body: Doc, data: Doc, code: number): Value[] | undefined {
  const given = data.get('errorLabels');
  if (Array.isArray(given)) return given.length > 0 ? given : undefined;
  return body.has('txnNumber') && mayBeSentAgain(code) ? [RETRYABLE] : undefined;
}

function withWriteConcernError(reply: Reply, body: Doc, data: Doc): Reply {
  const error = data.get('writeConcernError');
  if (!isDoc(error) || !isDoc(reply)) return reply;
  reply.set('writeConcernError', copy(error));
  const labels = labelsOf(body, data, wholeOf(error.get('code')));
  if (labels) reply.set('errorLabels', labels);
  return reply;
}
