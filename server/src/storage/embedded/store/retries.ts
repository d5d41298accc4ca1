import { decode } from '../bson/decode.ts';
import { encode } from '../bson/encode.ts';
import { toDouble } from '../bson/number.ts';
import { type Doc, doc, int, isDoc, isNumber, type Value } from '../bson/value.ts';
import { blob, type Disk, integer } from './disk.ts';

const MAX_SESSIONS = 10_000; // the ones that wrote longest ago are forgotten first
const TRIM = 1000; // sessions forgotten at once, so that the next thousand need no look
const LIFETIME = 30 * 60_000; // ms: logicalSessionTimeoutMinutes of hello; no driver retries later

/** Statements `first` to `last` of a write came out alike. */
interface Run {
  first: number;
  last: number;
  outcome: Doc;
}

/**
 * What came of the last retryable write of each session. It is written in the transaction of the write itself: a retry
 * after a crash finds either both or neither. Only the tables know, so that a rollback needs nothing from here.
 */
export class Retries {
  private readonly disk: Disk;
  private sessions: number;

  constructor(disk: Disk) {
    this.disk = disk;
    const columns = 'session BLOB, part INTEGER, number BLOB, at INTEGER, done BLOB, PRIMARY KEY (session, part)';
    const made = disk.get("SELECT 1 FROM sqlite_schema WHERE name = 'retries'");
    if (!made) {
      disk.change(() => disk.run(`CREATE TABLE retries (${columns}) WITHOUT ROWID`));
      disk.commit();
    }
    this.sessions = integer(disk.get('SELECT count(*) AS n FROM retries WHERE part = 0')?.n);
  }

  /** The number of the session's last write, and how many parts tell of it. */
  last(session: Buffer): { number: bigint; parts: number } | undefined {
    const sql = 'SELECT number, part FROM retries WHERE session = ? ORDER BY part DESC LIMIT 1';
    const row = this.disk.get(sql, session);
    return row && { number: blob(row.number).readBigInt64BE(), parts: integer(row.part) + 1 };
  }

  /** Everything remembered of the session's last write. */
  read(session: Buffer): Run[] {
    const rows = this.disk.all('SELECT done FROM retries WHERE session = ? ORDER BY part', session);
    return rows.flatMap(({ done }) => runsOf(decode(blob(done))));
  }

  /** Adds a part. The first one takes the place of all that was known of the session. */
  write(session: Buffer, part: number, number: bigint, runs: Run[], now: Date): void {
    const key = Buffer.alloc(8);
    key.writeBigInt64BE(number);
    this.disk.change(() => {
      const sql = 'INSERT OR REPLACE INTO retries (session, part, number, at, done) VALUES (?, ?, ?, ?, ?)';
      this.disk.run(sql, session, part, key, now.getTime(), encode(docOf(runs)));
    });
  }

  /** Makes room for a session that was not known so far. */
  admit(): void {
    this.sessions++;
    if (this.sessions <= MAX_SESSIONS) return;
    const oldest = `SELECT session FROM retries WHERE part = 0 ORDER BY at LIMIT ${TRIM}`;
    this.disk.change(() => this.disk.run(`DELETE FROM retries WHERE session IN (${oldest})`));
    this.sessions -= TRIM;
  }

  dropParts(session: Buffer): void {
    this.disk.change(() => this.disk.run('DELETE FROM retries WHERE session = ? AND part > 0', session));
  }

  forget(session: Buffer): void {
    if (!this.last(session)) return;
    this.disk.change(() => this.disk.run('DELETE FROM retries WHERE session = ?', session));
    this.sessions--;
  }

  /** Forgets the sessions that no driver would come back with any more. */
  expire(now: Date): void {
    const before = now.getTime() - LIFETIME;
    if (this.disk.get('SELECT 1 FROM retries WHERE at < ? LIMIT 1', before)) {
      this.disk.change(() => this.disk.run('DELETE FROM retries WHERE at < ?', before));
    }
    this.sessions = integer(this.disk.get('SELECT count(*) AS n FROM retries WHERE part = 0')?.n);
  }
}

const docOf = (runs: Run[]): Doc =>
  doc({ runs: runs.map(({ first, last, outcome }): Value => [int(first), int(last), outcome]) });

function runsOf(stored: Doc): Run[] {
  const runs = stored.get('runs');
  if (!Array.isArray(runs)) throw new Error('a remembered write cannot be read');
  return runs.map((run) => {
    const [first, last, outcome] = Array.isArray(run) ? run : [];
    if (!isNumber(first) || !isNumber(last) || !isDoc(outcome)) throw new Error('a remembered write cannot be read');
    return { first: toDouble(first), last: toDouble(last), outcome };
  });
}

/** What a retryable write has done so far, statement by statement. */
export class Memory {
  private readonly retries: Retries;
  private readonly session: Buffer;
  private readonly number: bigint;
  private readonly now: () => Date;
  private readonly known: Run[];
  private fresh: Run[] = [];
  private part = 0;

  /** Throws nothing: whether the number may be used is the caller's question. */
  constructor(retries: Retries, session: Buffer, number: bigint, now: () => Date) {
    this.retries = retries;
    this.session = session;
    this.number = number;
    this.now = now;
    const last = retries.last(session);
    if (last?.number === number) {
      this.known = retries.read(session);
      this.part = last.parts;
      return;
    }
    this.known = [];
    if (!last) retries.admit();
    else if (last.parts > 1) retries.dropParts(session);
  }

  /** What came of a statement when it was run before. */
  outcome(statement: number): Doc | undefined {
    return this.known.find(({ first, last }) => statement >= first && statement <= last)?.outcome;
  }

  add(statement: number, outcome: Doc): void {
    const latest = this.fresh.at(-1);
    if (latest?.last === statement - 1 && encode(latest.outcome).equals(encode(outcome))) latest.last = statement;
    else this.fresh.push({ first: statement, last: statement, outcome });
  }

  /** Writes down what was added since: before the turn ends in which the statements ran. */
  save(): void {
    if (this.fresh.length === 0) return;
    this.retries.write(this.session, this.part, this.number, this.fresh, this.now());
    this.part++;
    this.fresh = [];
  }
}
