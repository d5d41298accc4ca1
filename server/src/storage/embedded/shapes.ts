/**
 * The allow-list: every command, option and operator this store knows. What is not here is refused with MongoDB's own
 * error, never approximated; whoever needs more adds it here first and then writes it.
 */

/** Options that any command may carry. They ask for nothing that one durable node does not give anyway. */
const ANY_COMMAND = [
  '$db',
  'lsid',
  'txnNumber',
  'stmtId',
  '$clusterTime',
  '$readPreference',
  'readConcern',
  'writeConcern',
  'comment',
  'maxTimeMS',
  'apiVersion',
  'apiStrict',
  'apiDeprecationErrors',
];

const FIND_OPTIONS = ['filter', 'sort', 'projection', 'skip', 'limit', 'batchSize', 'singleBatch', 'allowDiskUse'];
const HANDSHAKE = [
  'helloOk',
  'client',
  'compression',
  'loadBalanced',
  'topologyVersion',
  'maxAwaitTimeMS',
  'backpressure',
  'speculativeAuthenticate', // not answered; drivers then log in with the commands for it
  'saslSupportedMechs',
];

/** Only where the store listens on the loopback address: wire/door.ts answers them. */
export const LOGIN_COMMANDS = ['saslStart', 'saslContinue'] as const;

/** Command to the options it takes beside the general ones. */
export const COMMANDS: Readonly<Record<string, readonly string[]>> = {
  hello: HANDSHAKE,
  ismaster: HANDSHAKE,
  isMaster: HANDSHAKE,
  ping: [],
  buildInfo: [],
  buildinfo: [],
  connectionStatus: ['showPrivileges'],
  endSessions: [],
  insert: ['documents', 'ordered', 'bypassDocumentValidation'],
  find: [...FIND_OPTIONS, 'noCursorTimeout'],
  getMore: ['collection', 'batchSize'],
  killCursors: ['cursors'],
  update: ['updates', 'ordered', 'bypassDocumentValidation'],
  delete: ['deletes', 'ordered'],
  findAndModify: ['query', 'sort', 'remove', 'update', 'new', 'fields', 'upsert', 'bypassDocumentValidation'],
  count: ['query', 'limit', 'skip'],
  distinct: ['key', 'query'],
  aggregate: ['pipeline', 'cursor', 'allowDiskUse'],
  explain: ['verbosity'],
  createIndexes: ['indexes', 'commitQuorum'],
  listIndexes: ['cursor'],
  dropIndexes: ['index'],
  listCollections: ['filter', 'nameOnly', 'authorizedCollections', 'cursor'],
  create: [],
  drop: [],
  dropDatabase: [],
  listDatabases: ['filter', 'nameOnly', 'authorizedDatabases'],
  parleyBackup: ['to'], // our own: see commands/backup.ts
};

export const GENERAL_OPTIONS: ReadonlySet<string> = new Set(ANY_COMMAND);

export const UPDATE_STATEMENT: readonly string[] = ['q', 'u', 'multi', 'upsert'];
export const DELETE_STATEMENT: readonly string[] = ['q', 'limit'];
export const INDEX_OPTIONS: readonly string[] = [
  'v',
  'key',
  'name',
  'unique',
  'sparse',
  'partialFilterExpression',
  'expireAfterSeconds',
  'background', // without meaning since MongoDB 4.2; mongoose still sends it
];

export const TOP_LEVEL_OPERATORS = ['$and', '$or', '$nor', '$expr', '$comment'] as const;
export const QUERY_OPERATORS = [
  '$eq',
  '$ne',
  '$gt',
  '$gte',
  '$lt',
  '$lte',
  '$in',
  '$nin',
  '$exists',
  '$type',
  '$not',
  '$regex',
  '$options',
  '$elemMatch',
  '$all',
  '$size',
  '$mod',
] as const;
export const EXPRESSION_OPERATORS = [
  '$eq',
  '$ne',
  '$gt',
  '$gte',
  '$lt',
  '$lte',
  '$and',
  '$or',
  '$not',
  '$add',
  '$subtract',
  '$ifNull',
  '$literal',
] as const;
export const UPDATE_OPERATORS = [
  '$set',
  '$unset',
  '$inc',
  '$mul',
  '$min',
  '$max',
  '$currentDate',
  '$setOnInsert',
  '$addToSet',
  '$push',
  '$pull',
  '$pullAll',
  '$pop',
  '$rename',
] as const;
export const PUSH_MODIFIERS = ['$each', '$slice', '$position'] as const;
export const VARIABLES = ['$$NOW'] as const;
export const STAGES = ['$match', '$sort', '$skip', '$limit', '$project', '$group', '$count'] as const;
export const ACCUMULATORS = ['$sum', '$min', '$max', '$first', '$last', '$push', '$addToSet', '$avg'] as const;

/** One durable node gives all of these anyway; `commands/concerns.ts` refuses the others. */
export const READ_CONCERNS: readonly string[] = ['local', 'available', 'majority'];

/** The types of values that are stored and compared. Undefined, code, symbol and DBPointer are refused. */
export const TYPES = [
  'double',
  'string',
  'object',
  'array',
  'binData',
  'objectId',
  'bool',
  'date',
  'null',
  'regex',
  'int',
  'timestamp',
  'long',
  'decimal',
  'minKey',
  'maxKey',
] as const;

export type UpdateOperator = (typeof UPDATE_OPERATORS)[number];
export type Stage = (typeof STAGES)[number];
export type Accumulator = (typeof ACCUMULATORS)[number];

/** The name itself if the list holds it: a check that also tells the compiler. */
export const known = <Name extends string>(list: readonly Name[], name: string): Name | undefined =>
  list.find((item) => item === name);
