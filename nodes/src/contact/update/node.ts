import { defineNode, holds, isPrototypeName, type Json, type JsonObject, jsonSize, limitedText } from '@parley/runtime';
import { z } from 'zod';
import { textOf } from '../../rendered.ts';

const MAX_NAME = 200; // characters
const MAX_EMAIL = 254; // characters, RFC 5321
const MAX_LANGUAGE = 35; // characters, RFC 5646, 4.4.1
const MAX_ATTRIBUTES = 50;
/** One attribute as JSON in characters: attributes lie in the contact's document and travel with every step. */
const MAX_ATTRIBUTE = 4_000;
const LANGUAGE = /^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$/;

const AttributeName = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]{0,63}$/, 'Use 1 to 64 letters, digits and "_", such as favourite_shop.')
  .refine((name) => !isPrototypeName(name), 'This name is reserved; choose another.');

const field = (limit: number) => limitedText(limit, 0).nullable().optional();
const config = z
  .strictObject({
    fields: z
      .strictObject({
        name: field(MAX_NAME).meta({ label: 'Name' }),
        email: field(MAX_EMAIL).meta({ label: 'E-mail' }),
        language: field(MAX_LANGUAGE).meta({ label: 'Language', placeholder: 'pt-BR' }),
      })
      .prefault({}),
    attributes: z.record(AttributeName, z.json()).default({}).meta({ label: 'Attributes', input: 'assignments' }),
  })
  .superRefine(({ fields, attributes }, ctx) => {
    const given = Object.values(fields).filter((value) => value !== undefined && value !== '').length;
    const names = Object.keys(attributes).length;
    const issue = (path: string, message: string, params = {}) =>
      ctx.addIssue({ code: 'custom', path: [path], message, params });
    if (given + names === 0) issue('fields', 'Give at least one field or attribute a value.');
    if (names > MAX_ATTRIBUTES)
      issue('attributes', `Set at most ${MAX_ATTRIBUTES} attributes in one node.`, {
        says: 'attributes',
        limit: MAX_ATTRIBUTES,
      });
  });
type Fields = z.output<typeof config>['fields'];

/**
 * Writes what is known about the contact. A field whose text comes out empty stays as it is, so that an answer that was
 * never given erases nothing; null empties it. An attribute takes the value as it is.
 */
export const update = defineNode({
  type: 'contact.update',
  title: 'Update the contact',
  group: 'people',
  icon: 'user-edit',
  description: 'Writes name, e-mail, language and your own attributes of the contact.',
  config,
  typed: ['attributes'],
  ports: () => ['next'],
  run: ({ config }) => {
    const fields = fieldsOf(config.fields);
    const attributes = attributesOf(config.attributes as JsonObject);
    const changes = Object.keys(fields).length + Object.keys(attributes).length > 0;
    return { port: 'next', effects: changes ? [{ type: 'contact.update', fields, attributes }] : [] };
  },
});

function fieldsOf({ name, email, language }: Fields): Fields {
  const read = (value: string | null | undefined, limit: number, what: string) =>
    typeof value === 'string' ? textOf(value, limit, what) || undefined : value;
  const fields = {
    name: read(name, MAX_NAME, 'name'),
    email: read(email, MAX_EMAIL, 'e-mail'),
    language: read(language, MAX_LANGUAGE, 'language'),
  };
  if (fields.email && !holds('isEmail', { left: fields.email, right: null }))
    throw new Error(`"${fields.email.slice(0, 60)}" is no e-mail address. Ask for one with chat.ask first.`);
  if (fields.language && !LANGUAGE.test(fields.language))
    throw new Error(`"${fields.language}" is no language. Give its code, such as en or pt-BR.`);
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function attributesOf(attributes: JsonObject): JsonObject {
  for (const [name, value] of Object.entries<Json>(attributes)) {
    if (jsonSize(value, MAX_ATTRIBUTE) === Infinity)
      throw new Error(`The attribute ${name} is larger than ${MAX_ATTRIBUTE} characters. Keep less of it.`);
  }
  return attributes;
}
