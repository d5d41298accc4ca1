import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';

export type Schema = Record<string, unknown>;
export type Schemas = Record<string, Schema>;

/** A place where a specification is wrong about what the provider does. */
export interface Patch {
  /** What is wrong, and how we know what is right. */
  why: string;
  change: (schemas: Schemas) => void;
  /** Is refused without the patch, though the provider takes it. */
  takes?: unknown;
  /** Passes without the patch, though the specification itself means to refuse it. */
  refuses?: unknown;
}

/** Null where the body is as the specification wants it; else where it is not. */
export type Validate = (body: unknown) => string | null;

const SHARED = process.env.PARLEY_SHARED ?? resolve(fileURLToPath(new URL('../../..', import.meta.url)), 'shared');

/** The schemas of a provider's specification; throws in words where it is not there. */
export function schemasOf(file: string): Schemas {
  const path = join(SHARED, 'data/provider-specs', file);
  if (!existsSync(path))
    throw new Error(`There is no ${path}: set PARLEY_SHARED to the folder that holds data/provider-specs.`);
  const text = readFileSync(path, 'utf8');
  const { components, paths } = file.endsWith('.json') ? JSON.parse(text) : parse(text);
  return { ...components.schemas, ...formsOf(paths) };
}

interface Operation {
  requestBody?: { content?: Record<string, { schema?: Schema } | undefined> };
}

/** Schemas of forms stand in the paths, without a name: they get that of the path. */
function formsOf(paths: Record<string, { post?: Operation }>): Schemas {
  const forms: Schemas = {};
  for (const [path, { post }] of Object.entries(paths)) {
    const schema = post?.requestBody?.content?.['application/x-www-form-urlencoded']?.schema;
    if (schema) forms[`POST ${path}`] = schema;
  }
  return forms;
}

/** Judges bodies by one schema of a specification, with its patches. */
export function validatorOf(document: Schemas, root: string, patches: readonly Patch[]): Validate {
  const schemas = structuredClone(document);
  for (const { change } of patches) change(schemas);
  return compiled({ $ref: refTo(root), components: { schemas } });
}

/** Judges bodies by a schema of ours. */
export function compiled(schema: Schema): Validate {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  // Twilio: E.164, or a channel's address; a person without a phone has one that begins with their country
  ajv.addFormat('phone-number', /^(\+[1-9]\d{1,14}|whatsapp:(\+[1-9]\d{1,14}|[A-Z]{2}\.[\w.]+))$/);
  for (const unread of ['int32', 'uri-map']) ajv.addFormat(unread, true);
  const validate = ajv.compile(schema);
  return (body) => (validate(body) ? null : wordsOf(validate.errors ?? []));
}

/** The deepest complaint: alternatives that were not meant complain about everything. */
function wordsOf(errors: ErrorObject[]): string {
  const [worst] = errors.toSorted((a, b) => b.instancePath.length - a.instancePath.length);
  return `${worst?.instancePath || '/'} ${worst?.message} ${JSON.stringify(worst?.params)}`;
}

export const refTo = (name: string): string =>
  `#/components/schemas/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
const nameIn = (ref: unknown): string =>
  String(ref).split('/').at(-1)?.replaceAll('~1', '/').replaceAll('~0', '~') ?? '';

/** The schema of this name; throws where the specification has none any more. */
export function named(schemas: Schemas, name: string): Schema {
  const schema = schemas[name];
  if (!schema) throw new Error(`The specification has no ${name} any more: look at the patches again.`);
  return schema;
}

/** The part of a schema at these keys. */
export function partOf(schemas: Schemas, name: string, ...keys: (string | number)[]): Schema {
  let part: unknown = named(schemas, name);
  for (const key of keys) part = (part as Record<string | number, unknown> | undefined)?.[key];
  if (typeof part !== 'object' || part === null)
    throw new Error(`The specification has no ${name}/${keys.join('/')} any more: look at the patches again.`);
  return part as Schema;
}

/** One schema out of the parts of an `allOf`, so that "no further properties" is said of all of them together. */
export function merged(schema: Schema, schemas: Schemas): Schema {
  if (!Array.isArray(schema.allOf)) return schema;
  const parts = schema.allOf.map((part: Schema) => ('$ref' in part ? named(schemas, nameIn(part.$ref)) : part));
  const whole: Schema = Object.assign({}, ...parts);
  whole.properties = Object.assign({}, ...parts.map((part) => part.properties));
  whole.required = [...new Set(parts.flatMap((part) => part.required ?? []))];
  if (parts.some((part) => part.additionalProperties === false)) whole.additionalProperties = false;
  delete whole.discriminator;
  return whole;
}

/** Makes alternatives out of a discriminator that stands alone: it says which schema is meant, and nothing enforces it. */
export function alternatives(schemas: Schemas, name: string): void {
  const base = named(schemas, name);
  const { mapping } = base.discriminator as { mapping: Record<string, string> };
  const names = Object.values(mapping).map(nameIn);
  for (const one of names) schemas[one] = merged(named(schemas, one), schemas);
  schemas[name] = { oneOf: names.map((one) => ({ $ref: refTo(one) })) };
}
