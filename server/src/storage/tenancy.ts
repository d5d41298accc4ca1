import { type Connection, type Model, Query, Schema, type SchemaDefinition } from 'mongoose';

/** Rows as they are stored: our own string id, and for everything but accounts the organization. */
export interface Row {
  _id: string;
}
export interface TenantRow extends Row {
  organization: string;
}

type Field = typeof String | { type: unknown; required?: true; default?: unknown };

/** Every field of a row, none forgotten. Not mongoose's own type for it: that one does not end on JSON values. */
export type Fields<T> = { [Name in Exclude<keyof T, '_id'>]-?: Field };

/** A programming error, never a caller's: the query would have reached into every organization. */
export class TenancyError extends Error {
  override name = 'TenancyError';
}

const QUERIES = [
  'find',
  'findOne',
  'findOneAndUpdate',
  'findOneAndReplace',
  'findOneAndDelete',
  'countDocuments',
  'distinct',
  'updateOne',
  'updateMany',
  'replaceOne',
  'deleteOne',
  'deleteMany',
] as const;

/** Stages that read or write another collection, past the organization of the first `$match`. */
const LEAVING_STAGES = ['$lookup', '$graphLookup', '$unionWith', '$out', '$merge'];

const instanceWide = new WeakSet<object>();

/**
 * The deliberate way around the organization, for the few look-ups that come before one is known: an account by
 * e-mail, a key by its hash, a channel by its phone number id. `acrossOrganizations(model.findOne({ hash }))`.
 */
export function acrossOrganizations<Q extends object>(query: Q): Q {
  instanceWide.add(query);
  return query;
}

/** A model whose every query names one organization in its filter; without it, it throws before it leaves. */
export function tenantModel<T extends TenantRow>(connection: Connection, name: string, fields: Fields<T>): Model<T> {
  return model<T>(connection, name, fields, guardOrganization);
}

/** A model of the whole instance: accounts, sessions, organizations themselves. */
export function instanceModel<T extends Row>(connection: Connection, name: string, fields: Fields<T>): Model<T> {
  return model<T>(connection, name, fields, () => {});
}

/** A stored row as the rest of the server sees it: `id` instead of `_id`. */
export function plain<T extends Row>({ _id, ...rest }: T): Omit<T, '_id'> & { id: string } {
  return { id: _id, ...rest };
}

function model<T extends Row>(
  connection: Connection,
  name: string,
  fields: Fields<T>,
  guard: (schema: Schema) => void,
): Model<T> {
  // Two stores of one collection may be made on one connection: by the app and by a worker in the same process
  const existing = connection.models[name];
  if (existing) return existing as unknown as Model<T>;
  const schema = new Schema({ ...fields, _id: { type: String, required: true } } as SchemaDefinition, {
    collection: name,
    versionKey: false,
    minimize: false, // an empty object is a value
    strict: 'throw', // a field that the schema does not know is a slip of ours, not something to drop silently
    strictQuery: 'throw',
    id: false,
  });
  guard(schema);
  return connection.model(name, schema) as unknown as Model<T>;
}

function guardOrganization(schema: Schema): void {
  schema.add({ organization: { type: String, required: true, immutable: true } });
  schema.pre([...QUERIES], { query: true, document: false }, function (this: unknown) {
    if (!(this instanceof Query)) throw new TenancyError('this is not a query');
    // mongoose would leave an immutable field out in silence; whoever tries to move a row should hear of it
    if (movesRow(this.getUpdate()))
      throw new TenancyError(`a row of ${this.model.modelName} stays in its organization`);
    if (!instanceWide.has(this)) requireOrganization(this.getFilter(), `a query of ${this.model.modelName}`);
  });
  schema.pre('aggregate', function () {
    const [first] = this.pipeline();
    const stages = this.pipeline().flatMap((stage) => Object.keys(stage));
    const leaving = stages.find((stage) => LEAVING_STAGES.includes(stage));
    if (leaving) throw new TenancyError(`${leaving} leaves the organization`);
    if (instanceWide.has(this)) return;
    requireOrganization(first && '$match' in first ? first.$match : {}, 'aggregate');
  });
  schema.pre('estimatedDocumentCount', function () {
    if (!instanceWide.has(this)) throw new TenancyError('estimatedDocumentCount counts every organization');
  });
  schema.pre('bulkWrite', (operations: unknown) => {
    for (const operation of operations as Record<string, { filter?: object; document?: object }>[]) {
      for (const part of Object.values(operation)) requireOrganization(part.filter ?? part.document ?? {}, 'bulkWrite');
    }
  });
}

/** Setting it on insert is how an upsert names it; every other operator would move the row. */
function movesRow(update: unknown): boolean {
  if (typeof update !== 'object' || update === null) return false;
  if (Array.isArray(update)) return update.some(movesRow);
  return Object.entries(update).some(
    ([operator, fields]) =>
      operator !== '$setOnInsert' && typeof fields === 'object' && fields !== null && 'organization' in fields,
  );
}

/** A plain string at the top of the filter: an operator such as `{$ne: null}` names no organization. */
function requireOrganization(filter: object, what: string): void {
  const organization = 'organization' in filter ? filter.organization : undefined;
  if (typeof organization === 'string' && organization !== '') return;
  throw new TenancyError(`${what} names no organization`);
}
