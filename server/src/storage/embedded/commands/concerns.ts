import { toDouble } from '../bson/number.ts';
import { type Doc, isDoc, isNumber, Timestamp, typeName, type Value } from '../bson/value.ts';
import { badValue, failedToParse, Refusal, typeMismatch, unknownField } from '../errors.ts';
import { coerced } from './numbers.ts';

/** Commands that read at a level of the client's choice; the others know 'local' alone. */
const READS = new Set(['find', 'aggregate', 'count', 'distinct']);
const WRITES = new Set([
  'insert',
  'update',
  'delete',
  'findAndModify',
  'aggregate',
  'create',
  'createIndexes',
  'drop',
  'dropIndexes',
  'dropDatabase',
  'endSessions', // drivers send the connection's own
]);

const LEVELS = ['local', 'majority', 'available', 'linearizable', 'snapshot'];
const PROVENANCES = ['clientSupplied', 'implicitDefault', 'customDefault', 'getLastErrorDefaults'];
const MAX_NODES = 50n; // members of a replica set: MongoDB's limit
const MAX_INT = 2n ** 31n - 1n;

/** A durable node that is alone gives every level it takes: what it acknowledged is what everybody reads. */
export function checkReadConcern(command: string, concern: Doc): void {
  for (const [field, value] of concern) {
    if (field === 'level') checkLevel(command, value);
    else if (field === 'afterClusterTime' || field === 'atClusterTime') checkClusterTime(field, value);
    else if (field === 'provenance') checkProvenance('readConcern', value);
    else throw unknownField('readConcern', field);
  }
}

function checkLevel(command: string, level: Value): void {
  if (level === null) return;
  if (typeof level !== 'string') throw wrongType('readConcern.level', level, 'string');
  if (!LEVELS.includes(level)) {
    throw badValue(`Enumeration value '${level}' for field 'readConcern.level' is not a valid value.`);
  }
  if (level === 'local') return;
  if (!READS.has(command)) throw new Refusal(72, `${command} does not support read concern level ${level}`);
  if (level === 'linearizable' || level === 'snapshot') {
    throw new Refusal(123, `node needs to be a replica set member to use read concern ${level}: this store is alone`);
  }
}

/** Clients learn cluster times from the server; this one gives none. */
function checkClusterTime(field: string, value: Value): void {
  if (!(value instanceof Timestamp)) throw wrongType(`readConcern.${field}`, value, 'timestamp');
  if (field === 'atClusterTime') throw new Refusal(72, 'atClusterTime is only for read concern level snapshot');
  if (value.value === 0n) throw new Refusal(72, 'afterClusterTime cannot be a null timestamp');
  throw new Refusal(20, 'Cannot specify afterClusterTime: this store gives no cluster times');
}

export function checkWriteConcern(command: string, concern: Doc): void {
  if (!WRITES.has(command)) throw new Refusal(72, `Command ${command} does not support writeConcern`);
  for (const [field, value] of concern) {
    if (field === 'w') checkNodes(value);
    else if (field === 'j' || field === 'fsync') checkFlag(field, value);
    else if (field === 'wtimeout') checkTimeout(value);
    else if (field === 'provenance') checkProvenance('writeConcern', value);
    else throw unknownField('writeConcern', field);
  }
}

function checkNodes(w: Value): void {
  if (w === null) throw badValue('w has to be a number, "majority" or an object of tags, not null');
  if (typeof w === 'string') {
    if (w !== 'majority') throw badValue(`cannot use the write concern mode '${w}': this store is alone`);
    return;
  }
  if (isDoc(w)) {
    if (w.size > 0 && [...w.values()].every(isNumber)) return;
    throw failedToParse('tagged write concern needs tags with numbers');
  }
  if (!isNumber(w)) throw failedToParse(`w has to be a number, string or object; found: ${typeName(w)}`);
  const nodes = coerced(w);
  if (nodes < 0n || nodes > MAX_NODES || Number.isNaN(toDouble(w))) {
    throw failedToParse(`w has to be a non-negative number and not greater than ${MAX_NODES}`);
  }
  if (nodes > 1n) throw badValue("cannot use 'w' > 1: this store is alone");
}

function checkFlag(field: string, value: Value): void {
  if (value === null || typeof value === 'boolean' || isNumber(value)) return;
  throw wrongType(`writeConcern.${field}`, value, 'bool');
}

function checkTimeout(value: Value): void {
  if (isNumber(value) && coerced(value) > MAX_INT) throw failedToParse('wtimeout must not exceed 2147483647');
}

function checkProvenance(concern: string, value: Value): void {
  if (value === null) return;
  if (typeof value !== 'string') throw wrongType(`${concern}.provenance`, value, 'string');
  if (!PROVENANCES.includes(value)) throw badValue(`'${value}' is not a valid ${concern}.provenance`);
}

const wrongType = (field: string, value: Value, expected: string): Refusal =>
  typeMismatch(`BSON field '${field}' is the wrong type '${typeName(value)}', expected type '${expected}'`);
