type Fields = Record<string, unknown>;

/**
 * The shapes of one command as a driver reports it: the command, its options, and every operator, stage, variable and
 * type in it. It reads the command by itself, without the store's parsers, so that the two check each other.
 */
export function shapesOf(command: Fields): Set<string> {
  const [name = ''] = Object.keys(command);
  const found = new Set<string>([name]);
  const walker = new Walker(found);
  for (const [option, value] of Object.entries(command)) {
    if (option === name) walker.literal(value);
    if (option === name || value === undefined) continue;
    found.add(`${name}.${option}`);
    walker.option(name, option, value);
  }
  return found;
}

/** Anything else is no level but a mistake, which the store has to answer as MongoDB does. */
const LEVELS = { local: 1, available: 1, majority: 1, linearizable: 1, snapshot: 1 };

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !bsonType(value) && !isLeaf(value);
const isLeaf = (value: object): boolean =>
  value instanceof Date || value instanceof RegExp || value instanceof Uint8Array;
const bsonType = (value: object): string | undefined =>
  '_bsontype' in value && typeof value._bsontype === 'string' ? value._bsontype : undefined;
const sourceOf = (value: object): string =>
  value instanceof RegExp ? value.source : 'pattern' in value && typeof value.pattern === 'string' ? value.pattern : '';
const fieldsOf = (value: unknown): [string, unknown][] => {
  if (value instanceof Map) return [...value]; // how the driver keeps sorts and the keys of indexes
  return isFields(value) ? Object.entries(value) : [];
};
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const isOperators = (value: unknown): value is Fields =>
  isFields(value) && (Object.keys(value)[0]?.startsWith('$') ?? false);

const BSON_NAMES: Record<string, string> = {
  Double: 'double',
  Int32: 'int',
  Long: 'long',
  Decimal128: 'decimal',
  ObjectId: 'objectId',
  ObjectID: 'objectId',
  Binary: 'binData',
  UUID: 'binData',
  Timestamp: 'timestamp',
  BSONRegExp: 'regex',
  MinKey: 'minKey',
  MaxKey: 'maxKey',
};

class Walker {
  private readonly found: Set<string>;
  constructor(found: Set<string>) {
    this.found = found;
  }

  option(_command: string, option: string, value: unknown): void {
    const handlers: Record<string, () => void> = {
      filter: () => this.filter(value),
      query: () => this.filter(value),
      projection: () => this.projection(value),
      fields: () => this.projection(value),
      sort: () => this.sort(value),
      pipeline: () => this.pipeline(value),
      update: () => this.update(value),
      updates: () => this.statements('update.updates', value),
      deletes: () => this.statements('delete.deletes', value),
      documents: () => this.literal(value),
      indexes: () => this.indexes(value),
      readConcern: () => this.readConcern(value),
    };
    if (option.startsWith('$')) return;
    const handler = handlers[option];
    if (handler) handler();
    else this.literal(value);
  }

  private readConcern(value: unknown): void {
    this.literal(value);
    for (const [field, level] of fieldsOf(value)) {
      if (field === 'level' && typeof level === 'string' && level in LEVELS) this.found.add(`readConcern.${level}`);
    }
  }

  private statements(kind: string, statements: unknown): void {
    for (const statement of listOf(statements)) {
      for (const [field, value] of fieldsOf(statement)) {
        this.found.add(`${kind}.${field}`);
        if (field === 'q') this.filter(value);
        if (field === 'u') this.update(value);
      }
    }
  }

  private indexes(indexes: unknown): void {
    for (const index of listOf(indexes)) {
      for (const [option, value] of fieldsOf(index)) {
        this.found.add(`index.${option}`);
        if (option === 'partialFilterExpression') this.filter(value);
        if (option === 'key') this.indexKey(value);
        this.literal(value);
      }
    }
  }

  private indexKey(key: unknown): void {
    for (const [field, direction] of fieldsOf(key)) {
      if (typeof direction === 'string') this.found.add(`index.key:${direction}`);
      if (field.includes('$**')) this.found.add('index.key:wildcard');
    }
  }

  private filter(filter: unknown): void {
    if (!isFields(filter)) this.literal(filter);
    for (const [name, operand] of fieldsOf(filter)) {
      if (!name.startsWith('$')) {
        this.condition(operand);
        continue;
      }
      this.found.add(`query.${name}`);
      if (name === '$expr') this.expression(operand);
      else for (const branch of listOf(operand)) this.filter(branch);
    }
  }

  private condition(operand: unknown): void {
    if (!isOperators(operand)) {
      this.literal(operand);
      return;
    }
    for (const [operator, value] of Object.entries(operand)) {
      this.found.add(`query.${operator}`);
      if (operator === '$not') this.condition(value);
      else if (operator === '$elemMatch') isOperators(value) ? this.element(value) : this.filter(value);
      else if (operator === '$all') for (const one of listOf(value)) this.condition(one);
      else {
        this.literal(value);
        if (operator === '$regex' && typeof value === 'string') this.pattern(value);
      }
    }
  }

  /** `$elemMatch` holds conditions on the element, or a filter that begins with a logical operator. */
  private element(operand: Fields): void {
    const logical = ['$and', '$or', '$nor', '$expr'].some((name) => name in operand);
    logical ? this.filter(operand) : this.condition(operand);
  }

  private update(update: unknown): void {
    if (Array.isArray(update)) {
      this.found.add('change.pipeline');
      return;
    }
    if (!isFields(update)) this.literal(update);
    for (const [name, value] of fieldsOf(update)) {
      if (!name.startsWith('$')) {
        this.literal(value);
        continue;
      }
      this.found.add(`change.${name}`);
      if (!isFields(value)) this.literal(value);
      for (const [field, operand] of fieldsOf(value)) {
        if (field.split('.').some((part) => part.startsWith('$'))) this.found.add('change.positional');
        this.operand(name, operand);
      }
    }
  }

  private operand(operator: string, operand: unknown): void {
    if (operator === '$pull') {
      this.condition(operand);
      return;
    }
    const modified = (operator === '$push' || operator === '$addToSet') && isFields(operand) && '$each' in operand;
    if (modified) for (const modifier of Object.keys(operand)) this.found.add(`push.${modifier}`);
    this.literal(operand);
  }

  private sort(sort: unknown): void {
    if (!isFields(sort)) this.literal(sort);
    for (const [, way] of fieldsOf(sort)) if (isFields(way)) this.found.add('sort.$meta');
  }

  private projection(projection: unknown): void {
    if (!isFields(projection)) this.literal(projection);
    for (const [field, value] of fieldsOf(projection)) {
      if (field.split('.').some((part) => part.startsWith('$'))) this.found.add('projection.positional');
      if (isOperators(value)) for (const operator of Object.keys(value)) this.found.add(`projection.${operator}`);
      else if (isFields(value)) this.projection(value);
      else if (typeof value === 'string' || Array.isArray(value)) this.found.add('projection.expression');
    }
  }

  private pipeline(pipeline: unknown): void {
    for (const stage of listOf(pipeline)) {
      for (const [name, operand] of fieldsOf(stage)) {
        this.found.add(`stage.${name}`);
        if (!isFields(operand)) this.literal(operand);
        if (name === '$match') this.filter(operand);
        else if (name === '$sort') this.sort(operand);
        else if (name === '$group') this.group(operand);
        else if (name === '$project') this.computed(operand);
      }
    }
  }

  private group(spec: unknown): void {
    for (const [field, operand] of fieldsOf(spec)) {
      if (field === '_id') this.expression(operand);
      else if (!isFields(operand)) this.literal(operand);
      else
        for (const [operator, value] of fieldsOf(operand)) {
          this.found.add(`accumulator.${operator}`);
          this.expression(value);
        }
    }
  }

  private computed(spec: unknown): void {
    for (const [, value] of fieldsOf(spec)) this.expression(value);
  }

  private expression(value: unknown): void {
    if (typeof value === 'string' && value.startsWith('$$')) this.found.add(`variable.${value.split('.')[0]}`);
    else if (Array.isArray(value)) for (const one of value) this.expression(one);
    else if (isFields(value)) {
      for (const [name, inner] of Object.entries(value)) {
        if (name.startsWith('$')) this.found.add(`expression.${name}`);
        if (name === '$literal') this.literal(inner);
        else this.expression(inner);
      }
    } else this.literal(value);
  }

  /** The types of a value and of all that is in it. */
  literal(value: unknown): void {
    if (Array.isArray(value)) for (const one of value) this.literal(one);
    else if (isFields(value)) for (const [, inner] of Object.entries(value)) this.literal(inner);
    else this.found.add(`type.${typeOf(value)}`);
    if (typeof value === 'object' && value !== null && typeOf(value) === 'regex') this.pattern(sourceOf(value));
  }

  private pattern(source: string): void {
    for (const [feature, sign] of Object.entries(REGEX_FEATURES))
      if (sign.test(source)) this.found.add(`regex.${feature}`);
  }
}

/** What RE2 does not read, each by its sign in the pattern. */
const REGEX_FEATURES: Record<string, RegExp> = {
  lookaround: /\(\?<?[=!]/,
  backreference: /\\[1-9]|\\k[<{']|\(\?P[=>]/,
  atomic: /\(\?>/,
  possessive: /[*+?}]\+/,
  conditional: /\(\?\(/,
  keepOut: /\\K/,
  verb: /\(\*(?!UTF8?\))/,
  inlineExtended: /\(\?[a-z]*x/,
};

function typeOf(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'object') {
    if (value instanceof Date) return 'date';
    if (value instanceof RegExp) return 'regex';
    if (value instanceof Uint8Array) return 'binData';
    const name = bsonType(value) ?? 'object';
    return BSON_NAMES[name] ?? name;
  }
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'double';
  if (typeof value === 'bigint') return 'long';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}
