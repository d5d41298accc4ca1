import {
  type AbstractCursor,
  type ClientSession,
  type Collection,
  type Db,
  type Document,
  GridFSBucket,
  MongoClient,
  ReadPreference,
} from '@parley/server/src/storage/embedded/testing/driver.ts';
import type { Shapes } from '../case-result.ts';
import { observe, type Seen } from './events.ts';
import { NotRunnable } from './format.ts';
import type { Known } from './match.ts';

/** A cursor whose command has run, with the document that it has already given. */
export class CursorEntity {
  readonly cursor: AbstractCursor;
  private ahead: Document | null;
  constructor(cursor: AbstractCursor, ahead: Document | null) {
    this.cursor = cursor;
    this.ahead = ahead;
  }

  /** The document that was read ahead, once. */
  take(): Document | null {
    const { ahead } = this;
    this.ahead = null;
    return ahead;
  }
}

const LOOK_EVERY = 200; // ms; a client that lost its connection looks for the store again without waiting half a second

/** What a test made and calls by name. */
export class World implements Known {
  readonly clients = new Map<string, MongoClient>();
  readonly events = new Map<string, Seen[]>();
  readonly databases = new Map<string, Db>();
  readonly collections = new Map<string, Collection>();
  readonly sessions = new Map<string, ClientSession>();
  readonly buckets = new Map<string, GridFSBucket>();
  readonly cursors = new Map<string, CursorEntity>();
  readonly values = new Map<string, unknown>();
  /** Connections that each client holds checked out. */
  readonly checkedOut = new Map<string, number>();
  private readonly uri: string;
  private readonly shapes: Shapes;

  constructor(uri: string, shapes: Shapes) {
    this.uri = uri;
    this.shapes = shapes;
  }

  async create(entity: Document): Promise<void> {
    const [[kind, spec] = ['', {}]] = Object.entries(entity);
    const makers: Record<string, (spec: Document) => unknown> = {
      client: (one) => this.addClient(one),
      database: (one) => {
        const client = need(this.clients, one.client);
        this.databases.set(one.id, client.db(one.databaseName, withOptions(one.databaseOptions)));
      },
      collection: (one) => {
        const database = need(this.databases, one.database);
        this.collections.set(one.id, database.collection(one.collectionName, withOptions(one.collectionOptions)));
      },
      session: (one) => this.addSession(one),
      bucket: (one) =>
        this.buckets.set(one.id, new GridFSBucket(need(this.databases, one.database), withOptions(one.bucketOptions))),
    };
    const make = makers[kind];
    if (!make) throw new NotRunnable(`entities of the kind ${kind}`);
    await make(spec);
  }

  private async addClient(spec: Document): Promise<void> {
    const options = Object.entries(spec.uriOptions ?? {}).map(([name, value]) => `&${name}=${value}`);
    const client = new MongoClient(this.uri + options.join(''), {
      monitorCommands: true,
      heartbeatFrequencyMS: LOOK_EVERY,
      minHeartbeatFrequencyMS: LOOK_EVERY / 10,
      ...(spec.serverApi ? { serverApi: spec.serverApi } : {}),
    });
    const seen: Seen[] = [];
    observe(client, spec, seen, this.shapes);
    client.on('connectionCheckedOut', () => this.count(spec.id, 1));
    client.on('connectionCheckedIn', () => this.count(spec.id, -1));
    this.clients.set(spec.id, client);
    this.events.set(spec.id, seen);
    await client.connect();
  }

  private count(client: string, change: number): void {
    this.checkedOut.set(client, (this.checkedOut.get(client) ?? 0) + change);
  }

  private addSession({ id, client, sessionOptions }: Document): void {
    if (sessionOptions?.snapshotTime) throw new NotRunnable('the driver takes no snapshotTime');
    this.sessions.set(id, need(this.clients, client).startSession(prepared(sessionOptions ?? {}, this)));
  }

  saved(id: string): unknown {
    if (!this.values.has(id)) throw new Error(`there is no ${id}`);
    return this.values.get(id);
  }

  session(id: string): ClientSession {
    return need(this.sessions, id);
  }

  async clear(): Promise<void> {
    for (const { cursor } of this.cursors.values()) await cursor.close().catch(() => undefined);
    for (const session of this.sessions.values()) await session.endSession().catch(() => undefined);
    for (const client of this.clients.values()) await client.close().catch(() => undefined);
  }
}

export function need<Entity>(entities: Map<string, Entity>, id: string): Entity {
  const entity = entities.get(id);
  if (entity === undefined) throw new Error(`there is no ${id}`);
  return entity;
}

const withOptions = (options: Document | undefined): Document => prepared(options ?? {}, null);

/** Arguments as the driver takes them: sessions and read preferences as objects, enumerations in its own letters. */
export function prepared(args: Document, world: World | null): Document {
  const made: Document = { ...args };
  if (typeof made.session === 'string' && world) made.session = world.session(made.session);
  if (made.readPreference) made.readPreference = ReadPreference.fromOptions({ readPreference: made.readPreference });
  if (made.defaultTransactionOptions) {
    made.defaultTransactionOptions = prepared(made.defaultTransactionOptions, world);
  }
  if (made.returnDocument !== undefined) {
    made.returnDocument = String(made.returnDocument).toLowerCase();
    if (!['before', 'after'].includes(made.returnDocument)) throw new Error(`returnDocument ${made.returnDocument}`);
  }
  return made;
}
