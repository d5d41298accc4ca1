import { type Doc, doc, int } from './bson/value.ts';

const NAMES: Record<number, string> = {
  1: 'InternalError',
  2: 'BadValue',
  9: 'FailedToParse',
  13: 'Unauthorized',
  14: 'TypeMismatch',
  15: 'Overflow',
  16: 'InvalidLength',
  20: 'IllegalOperation',
  22: 'InvalidBSON',
  26: 'NamespaceNotFound',
  27: 'IndexNotFound',
  28: 'PathNotViable',
  40: 'ConflictingUpdateOperators',
  43: 'CursorNotFound',
  50: 'MaxTimeMSExpired',
  52: 'DollarPrefixedFieldName',
  53: 'InvalidIdField',
  54: 'NotSingleValueField',
  56: 'EmptyFieldName',
  59: 'CommandNotFound',
  66: 'ImmutableField',
  67: 'CannotCreateIndex',
  72: 'InvalidOptions',
  73: 'InvalidNamespace',
  85: 'IndexOptionsConflict',
  86: 'IndexKeySpecsConflict',
  100: 'UnsatisfiableWriteConcern',
  115: 'CommandNotSupported',
  123: 'NotAReplicaSet',
  168: 'InvalidPipelineOperator',
  171: 'CannotIndexParallelArrays',
  175: 'QueryPlanKilled',
  197: 'InvalidIndexSpecificationOption',
  225: 'TransactionTooOld',
  263: 'OperationNotSupportedInTransaction',
  276: 'IndexBuildAborted',
  292: 'QueryExceededMemoryLimitNoDiskUseAllowed',
  301: 'DataCorruptionDetected',
  322: 'APIVersionError',
  10334: 'BSONObjectTooLarge',
  11000: 'DuplicateKey',
  14031: 'OutOfDiskSpace',
};

/** An answer that says no, with MongoDB's code. `details` are further fields of the reply (keyPattern, keyValue). */
export class Refusal extends Error {
  readonly code: number;
  readonly details: Doc;
  constructor(code: number, message: string, details: Doc = new Map()) {
    super(message);
    this.name = 'Refusal';
    this.code = code;
    this.details = details;
  }
}

export const codeName = (code: number): string => NAMES[code] ?? `Location${code}`;

/** The reply to a command that was refused as a whole. */
export const errorReply = (error: Refusal): Doc => {
  const reply = doc({ ok: 0, errmsg: error.message, code: int(error.code), codeName: codeName(error.code) });
  for (const [name, value] of error.details) reply.set(name, value);
  return reply;
};

export const badValue = (message: string) => new Refusal(2, message);
export const failedToParse = (message: string) => new Refusal(9, message);
export const typeMismatch = (message: string) => new Refusal(14, message);
export const unknownField = (command: string, field: string) =>
  new Refusal(40415, `BSON field '${command}.${field}' is an unknown field.`);
export const unknownCommand = (name: string) => new Refusal(59, `no such command: '${name}'`);
export const unknownOperator = (name: string) => badValue(`unknown operator: ${name}`);
export const unknownStage = (name: string) => new Refusal(40324, `Unrecognized pipeline stage name: '${name}'`);
export const unknownExpression = (name: string) => new Refusal(168, `Unrecognized expression '${name}'`);
export const tooLarge = (bytes: number) =>
  new Refusal(10334, `BSONObj size: ${bytes} is invalid. Size must be between 0 and 16793600 (16MB)`);
export const outOfDiskSpace = (why: string) =>
  new Refusal(14031, `${why}: what was written in this turn is undone. Make room for the store, then try again`);
