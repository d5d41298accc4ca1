import { toDouble } from '../bson/number.ts';
import { Binary, type Doc, isDoc, isNumber, typeName, type Value } from '../bson/value.ts';
import { badValue, Refusal, typeMismatch, unknownField } from '../errors.ts';
import { COMMANDS, GENERAL_OPTIONS } from '../shapes.ts';

/** One command as it came, with typed access to its options. A wrong type is answered with TypeMismatch. */
export class Command {
  readonly name: string;
  readonly db: string;
  readonly body: Doc;

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
    const level = this.maybeDoc('readConcern')?.get('level');
    if (level === 'snapshot') throw new Refusal(72, 'read concern level snapshot is not supported by this store');
    const w = this.maybeDoc('writeConcern')?.get('w');
    if (isNumber(w) && toDouble(w) > 1) throw new Refusal(100, 'Not enough data-bearing nodes');
  }

  /** The collection that the command's first field names. */
  get collection(): string {
    const name = this.body.get(this.name);
    if (typeof name !== 'string') throw new Refusal(73, `collection name has invalid type ${typeName(name ?? null)}`);
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
    const value = this.given(option);
    if (Array.isArray(value)) return value;
    if (value === undefined)
      throw new Refusal(40414, `BSON field '${this.name}.${option}' is missing but a required field`);
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
    throw this.wrong(option, value ?? null, 'string');
  }

  flag(option: string, otherwise = false): boolean {
    const value = this.given(option);
    if (value === undefined) return otherwise;
    if (typeof value === 'boolean') return value;
    if (isNumber(value)) return toDouble(value) !== 0;
    throw this.wrong(option, value, 'bool');
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

  /** The session, when the command carries one. */
  get session(): string | undefined {
    const id = this.maybeDoc('lsid')?.get('id');
    return id instanceof Binary ? id.bytes.toString('hex') : undefined;
  }

  private given(option: string): Value | undefined {
    const value = this.body.get(option);
    return value === null ? undefined : value;
  }

  private wrong(option: string, value: Value, expected: string): Refusal {
    return typeMismatch(
      `BSON field '${this.name}.${option}' is the wrong type '${typeName(value)}', expected type '${expected}'`,
    );
  }
}

/** A statement of `update` and `delete`: only the fields of the allow-list. */
export function checkStatement(kind: string, statement: Doc, allowed: readonly string[]): void {
  for (const field of statement.keys()) if (!allowed.includes(field)) throw unknownField(kind, field);
}
