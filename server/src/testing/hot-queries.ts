import type { CommandStartedEvent, Document } from 'mongodb';
import type { Connection } from 'mongoose';

/** One kind of query, with the values of the first time it was sent. */
export interface Sent {
  collection: string;
  shape: string;
  command: Document;
}

/** What a query costs. */
export interface Effort {
  stages: string[];
  returned: number;
  keys: number;
  documents: number;
}

const SEARCHES = ['find', 'update', 'delete', 'findAndModify', 'aggregate', 'count', 'distinct'];

/** The `comment` of what a test itself asks for. */
export const OWN = 'not of the product';

/** Listens to what the driver sends from now on. The connection has to be one with monitorCommands. */
export function recordQueries(connection: Connection): () => Sent[] {
  const kinds = new Map<string, Sent>();
  connection.getClient().on('commandStarted', ({ command, commandName }: CommandStartedEvent) => {
    if (!SEARCHES.includes(commandName) || command.comment === OWN) return;
    for (const one of single(command, commandName)) {
      const sent = {
        collection: String(one[commandName]),
        shape: shapeOf(one, commandName),
        command: structuredCopy(one),
      };
      if (!kinds.has(sent.shape)) kinds.set(sent.shape, sent);
    }
  });
  return () => [...kinds.values()];
}

/** A bulk as commands of one statement each, as `explain` wants them; without what belongs to the sending. */
function single(command: Document, name: string): Document[] {
  const { lsid, txnNumber, $clusterTime, $db, writeConcern, maxTimeMS, ...rest } = command;
  const list = name === 'update' ? 'updates' : name === 'delete' ? 'deletes' : null;
  if (!list) return [rest];
  return (rest[list] as Document[]).map((statement) => ({ [name]: rest[name], [list]: [statement] }));
}

const structuredCopy = (command: Document): Document => ({ ...command });

function shapeOf(command: Document, name: string): string {
  const statement = command.updates?.[0] ?? command.deletes?.[0] ?? {};
  const stages = (command.pipeline ?? []) as Document[];
  const match = stages.find((stage) => stage.$match)?.$match;
  const filter = fields(command.filter ?? command.query ?? statement.q ?? match ?? {});
  const sort = command.sort instanceof Map ? Object.fromEntries(command.sort) : command.sort;
  return `${name} ${command[name]} ${filter}${sort ? ` sort ${JSON.stringify(sort)}` : ''}`;
}

/** A filter without its values. */
function fields(filter: unknown): string {
  if (Array.isArray(filter)) return `[${[...new Set(filter.map(fields))].join(', ')}]`;
  if (typeof filter !== 'object' || filter === null || Object.getPrototypeOf(filter) !== Object.prototype) return '';
  const parts = Object.entries(filter).map(([name, inner]) => {
    const shown = name === '$in' || name === '$expr' ? '' : fields(inner);
    return shown === '' ? name : `${name}: ${shown}`;
  });
  return `{${parts.join(', ')}}`;
}

/** Asks the store how it would do it, and lets it search. */
export async function explained(connection: Connection, { command }: Sent): Promise<Effort> {
  const reply = await connection
    .getClient()
    .db(connection.name)
    .command({ explain: command, verbosity: 'executionStats' });
  const { queryPlanner, executionStats } = reply.stages ? reply.stages[0].$cursor : reply;
  return {
    stages: stagesOf(queryPlanner.winningPlan),
    returned:
      executionStats.nReturned ||
      executionStats.executionStages.nMatched ||
      executionStats.executionStages.nWouldDelete ||
      0,
    keys: executionStats.totalKeysExamined,
    documents: executionStats.totalDocsExamined,
  };
}

const stagesOf = (plan: Document): string[] => [
  plan.stage,
  ...(plan.inputStage ? stagesOf(plan.inputStage) : []),
  ...((plan.inputStages ?? []) as Document[]).flatMap(stagesOf),
];

/** What one organization may have a million of. */
const GROW = new Set(['conversations', 'messages', 'events', 'contacts']);

/** Copies of what is there, belonging to others (and where it grows, to the same organization): ids, addresses and keys differ, states and times are the same. */
export async function fillWithOthers(connection: Connection, count: number): Promise<void> {
  for (const { name } of await connection.getClient().db(connection.name).listCollections().toArray()) {
    const collection = connection.collection<{ _id: string; organization?: string }>(name);
    const rows = await collection.find().limit(20).toArray();
    const others = Array.from({ length: rows.length > 0 ? count : 0 }, (_, n) => {
      const row = rows[n % rows.length];
      const other = foreign(row, `~${n}`) as { _id: string; organization?: string };
      return row?.organization && GROW.has(name) && n % 3 === 0 ? { ...other, organization: row.organization } : other;
    });
    if (others.length > 0) await collection.insertMany(others, { ordered: false }).catch(() => {}); // what is unique stays so
  }
}

const IS_ID = /^[a-z]{2,5}_|@|:|^\+?\d{6,}|^[0-9a-f]{32}/;

function foreign(value: unknown, mark: string): unknown {
  if (typeof value === 'string') return IS_ID.test(value) || value.length > 24 ? value + mark : value;
  if (Array.isArray(value)) return value.map((one) => foreign(one, mark));
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, foreign(inner, mark)]));
}
