import { nodeTypes } from '@parley/nodes';
import { type ContentOf, type Flow, isObject, OutboundContent, pointer } from '@parley/runtime';
import { z } from 'zod';

/** A step that sends a template which is known before it runs. */
export interface TemplateSend {
  node: string;
  /** JSON pointer of what holds the template's name and language. */
  at: string;
  /** The field of the name, below `at`. */
  field: string;
  name: string;
  /** Each that it may be sent in; the code is null where only the moment of sending tells. */
  languages: { code: string | null; field: string }[];
  /** What it is filled with; null where the step leaves that to others, or has it wrong itself. */
  content: ContentOf<'template'> | null;
}

/** Where a type of node names a template: the way there (`*` is each item of a list), and whether it fills it as well. */
interface Place {
  path: string[];
  fills: boolean;
}

const MARK = 'template'; // what `.meta({ input })` says of the field, for which the editor shows the list of templates
const CODE = /^[a-z]{2,3}(?:[_-]|$)/i; // "contact" and words are none
const MAX_DEPTH = 8; // of objects and lists in a config; a schema may hold itself
const known = new WeakMap<z.ZodType, readonly Place[]>();

/** As much of the node types as is asked for. */
type Types = ReadonlyMap<string, { schema: z.ZodType }>;

/** Every template that a flow names in so many words, whatever the type of the step: its schema tells. */
export function templateSendsIn({ nodes }: Pick<Flow, 'nodes'>, types: Types = nodeTypes): TemplateSend[] {
  return nodes.flatMap(({ id: node, type, config }, index) =>
    placesOf(types.get(type)?.schema).flatMap(({ path, fills }) =>
      holdersAt(config, path.slice(0, -1)).flatMap(({ holder, at }) =>
        sendOf(holder, path.at(-1) ?? '', fills).map((send) => ({
          ...send,
          node,
          at: pointer(['nodes', index, 'config', ...at]),
        })),
      ),
    ),
  );
}

function placesOf(schema: z.ZodType | undefined): readonly Place[] {
  if (!schema) return [];
  const found = known.get(schema) ?? placesIn(schema);
  known.set(schema, found);
  return found;
}

function placesIn(schema: z.ZodType): Place[] {
  const places = walk(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }), [], false);
  return [...new Map(places.map((place) => [place.path.join('/'), place])).values()];
}

function walk(schema: unknown, path: string[], fills: boolean): Place[] {
  if (!isObject(schema) || path.length > MAX_DEPTH) return [];
  if (schema.input === MARK && path.length > 0) return [{ path, fills }];
  const { properties, items, anyOf, oneOf, allOf } = schema;
  const fields = isObject(properties) ? properties : {};
  return [
    ...Object.entries(fields).flatMap(([key, field]) => walk(field, [...path, key], 'parameters' in fields)),
    ...walk(items, [...path, '*'], false),
    ...[anyOf, oneOf, allOf].flat().flatMap((one) => walk(one, path, fills)),
  ];
}

type Holder = { holder: Record<string, unknown>; at: (string | number)[] };

function holdersAt(value: unknown, [step, ...rest]: readonly string[], at: (string | number)[] = []): Holder[] {
  if (step === '*')
    return Array.isArray(value) ? value.flatMap((item, index) => holdersAt(item, rest, [...at, index])) : [];
  if (!isObject(value)) return [];
  return step === undefined ? [{ holder: value, at }] : holdersAt(value[step], rest, [...at, step]);
}

function sendOf(holder: Record<string, unknown>, key: string, fills: boolean): Omit<TemplateSend, 'node' | 'at'>[] {
  const name = holder[key];
  if (typeof name !== 'string' || name === '' || name.includes('{{')) return [];
  return [{ field: `/${key}`, name, languages: languagesOf(holder), content: fills ? contentOf(holder, name) : null }];
}

/** Where there are several to choose from, each may be the one. */
function languagesOf({ language, languages }: Record<string, unknown>): TemplateSend['languages'] {
  const listed = Array.isArray(languages) ? languages : [];
  if (listed.length === 0) return [{ code: codeOf(language), field: '/language' }];
  return listed.map((one) => ({ code: codeOf(one), field: '/languages' }));
}

const codeOf = (language: unknown): string | null =>
  typeof language === 'string' && CODE.test(language) ? language : null;

function contentOf({ parameters, header, buttons }: Record<string, unknown>, name: string): TemplateSend['content'] {
  if (parameters !== undefined && !isObject(parameters)) return null;
  const texts = Object.fromEntries(Object.entries(parameters ?? {}).map(([place, value]) => [place, String(value)]));
  // The language is judged by itself
  const read = OutboundContent.safeParse({
    kind: 'template',
    name,
    language: 'en',
    parameters: texts,
    header,
    buttons,
  });
  return read.success && read.data.kind === 'template' ? read.data : null;
}
