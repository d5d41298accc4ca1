import { toDouble } from '../bson/number.ts';
import { show } from '../bson/show.ts';
import { Binary, type Doc, isDoc, isNumber, typeName, type Value } from '../bson/value.ts';
import { badValue, failedToParse, Refusal, typeMismatch, unknownField } from '../errors.ts';
import { truthy } from '../query/expression.ts';
import { COMMANDS, GENERAL_OPTIONS } from '../shapes.ts';
import { checkReadConcern, checkWriteConcern } from './concerns.ts';
import { coerced, wholeLong } from './numbers.ts';

const MAX_INT = 2n ** 31n - 1n;

/** One command as it came, with typed access to its options. A wrong type is answered with TypeMismatch. */
export class Command {
  readonly name: string;
  readonly db: string;
  readonly body: Doc;
  /** Milliseconds after which the command ends with MaxTimeMSExpired; 0 is no limit. */
  maxTime = 0;

  /** Checks the command against the allow-list. */
  constructor(body: Doc) {
    const [name = ''] = body.keys();
    this.name = name;
    this.body = body;
    const db = body.get('$db');
    if (typeof db !== 'string')
      throw new Refusal(40414, "BSON field 'OpMsgRequest.$db' is missing but a required field");
    this.db = db;
    this.check();
  }

  private check(): void {
    const options = COMMANDS[this.name] ?? [];
    if (this.body.has('startTransaction') || this.body.has('autocommit')) {
      throw new Refusal(263, 'Multi-document transactions are not supported by the embedded store');
    }
    for (const option of this.body.keys()) {
      if (option === this.name || GENERAL_OPTIONS.has(option) || options.includes(option)) continue;
      throw unknownField(this.name, option);
    }
    const readConcern = this.maybeDoc('readConcern');
    if (readConcern) checkReadConcern(this.name, readConcern);
    const writeConcern = this.maybeDoc('writeConcern');
    if (writeConcern) checkWriteConcern(this.name, writeConcern);
    const version = this.body.get('apiVersion') ?? '1';
    if (version !== '1') throw new Refusal(322, `API version must be '1', not ${show(version)}`);
    this.maxTime = this.timeLimit();
  }

  /** `maxTimeMS`: whole milliseconds, 0 for no limit. */
  private timeLimit(): number {
    const value = this.given('maxTimeMS');
    if (value === undefined) return 0;
    if (!isNumber(value)) throw this.wrong('maxTimeMS', value, 'number');
    const whole = wholeLong(value);
    if (whole === null) throw failedToParse(`maxTimeMS has to be a whole number, not ${show(value)}`);
    if (whole < 0n || whole > MAX_INT) throw badValue(`${whole} value for maxTimeMS is out of range`);
    return Number(whole);
  }

  /** The collection that the command's first field names. */
  get collection(): string {
    const name = this.body.get(this.name);
    if (typeof name !== 'string') throw new Refusal(73, `collection name has invalid type ${typeName(name ?? null)}`);
    if (name === '' || name.startsWith('.') || name.startsWith('$') || name.includes('\0')) {
      throw new Refusal(73, `Invalid collection name specified '${this.db}.${name}'`);
    }
    return name;
  }

  get namespace(): string {
    return `${this.db}.${this.collection}`;
  }

  doc(option: string): Doc {
    return this.maybeDoc(option) ?? new Map();
  }

  maybeDoc(option: string): Doc | undefined {
    const value = this.given(option);
    if (value === undefined || isDoc(value)) return value;
    throw this.wrong(option, value, 'object');
  }

  array(option: string): Value[] {
    const value = this.body.get(option);
    if (Array.isArray(value)) return value;
    if (value === undefined) throw this.missing(option);
    throw this.wrong(option, value, 'array');
  }

  docs(option: string): Doc[] {
    return this.array(option).map((value) => {
      if (isDoc(value)) return value;
      throw this.wrong(option, value, 'object');
    });
  }

  string(option: string): string {
    const value = this.given(option);
    if (typeof value === 'string') return value;
    if (value === undefined) throw this.missing(option);
    throw this.wrong(option, value, 'string');
  }

  flag(option: string, otherwise = false): boolean {
    const value = this.given(option);
    if (value === undefined) return otherwise;
    if (typeof value === 'boolean') return value;
    if (isNumber(value)) return truthy(value);
    throw this.wrong(option, value, 'bool');
  }

  /** A flag that may be no number. `nullable` says whether null stands for its default. */
  strictFlag(option: string, { otherwise = false, nullable = false } = {}): boolean {
    const value = this.body.get(option);
    if (value === undefined || (nullable && value === null)) return otherwise;
    if (typeof value === 'boolean') return value;
    throw this.wrong(option, value, 'bool');
  }

  /** A count of zero or more, coerced as MongoDB does; undefined when it is not given. What is beyond 2^53 is as good as no limit. */
  size(option: string, from: Doc = this.body): number | undefined {
    const value = from.get(option) ?? undefined;
    if (value === undefined) return undefined;
    if (!isNumber(value)) throw this.wrong(option, value, 'number');
    const whole = coerced(value);
    if (whole < 0n) throw badValue(`BSON field '${option}' value must be >= 0, actual value '${whole}'`);
    return Number(whole);
  }

  /** A whole number, or undefined when it is not given. */
  whole(option: string): number | undefined {
    const value = this.given(option);
    if (value === undefined) return undefined;
    if (!isNumber(value)) throw this.wrong(option, value, 'number');
    const number = toDouble(value);
    if (!Number.isSafeInteger(number)) throw badValue(`BSON field '${this.name}.${option}' has to be a whole number`);
    return number;
  }

  /** Write concern 0: nobody wants to know what went wrong. */
  get isUnacknowledged(): boolean {
    const w = this.maybeDoc('writeConcern')?.get('w');
    return isNumber(w) && toDouble(w) === 0;
  }

  /** The session, when the command carries one. */
  get session(): string | undefined {
    const id = this.maybeDoc('lsid')?.get('id');
    return id instanceof Binary ? id.bytes.toString('hex') : undefined;
  }

  private given(option: string): Value | undefined {
    const value = this.body.get(option);
    return value === null ? undefined : value;
  }

  missing(option: string): Refusal {
    return new Refusal(40414, `BSON field '${this.name}.${option}' is missing but a required field`);
  }

  wrong(option: string, value: Value, expected: string): Refusal {
    return typeMismatch(
      `BSON field '${this.name}.${option}' is the wrong type '${typeName(value)}', expected type '${expected}'`,
    );
  }
}

/** A statement of `update` and `delete`: only the fields of the allow-list. */
export function checkStatement(kind: string, statement: Doc, allowed: readonly string[]): void {
  for (const field of statement.keys()) if (!allowed.includes(field)) throw unknownField(kind, field);
}
