import { isObject, type NodeType, pointer } from '@parley/runtime';
import { z } from 'zod';
import { LABELS } from '../ui/node-types/labels.ts';

/** Where in a step a value stands, in words. */
export interface FieldName {
  /** JSON pointer into the config. */
  path: string;
  /** English labels from the outside in, with the words of list items between them: `Buttons`, `Yes`, `Title`. */
  labels: readonly { text: string; isOwn: boolean }[];
  input: string | null;
  /** English words of the choices that the field has. */
  options: Readonly<Record<string, string>>;
}

interface Meta {
  label?: string;
  input?: string;
  options?: Readonly<Record<string, string>>;
}

type Path = readonly (string | number)[];

/** `configs` are where the words of list items are looked for, the newest first. */
export function fieldName(type: NodeType | undefined, path: Path, configs: readonly unknown[]): FieldName {
  const labels: FieldName['labels'][number][] = [];
  let schema: z.ZodType | null = type?.schema ?? null;
  let meta: Meta = {};
  path.forEach((key, depth) => {
    const isRecord = schema !== null && unwrapped(schema).at(-1) instanceof z.ZodRecord;
    schema = schema && inside(schema, key);
    meta = schema ? metaOf(schema) : {};
    if (isRecord) labels.push({ text: String(key), isOwn: true });
    else if (typeof key === 'number') {
      const title = titleAt(configs, path.slice(0, depth + 1));
      labels.push({ text: title ?? String(key + 1), isOwn: true });
    } else
      labels.push({
        text: meta.label ?? (Object.hasOwn(LABELS, key) ? LABELS[key] : null) ?? spelledOut(key),
        isOwn: false,
      });
  });
  return {
    path: pointer(path),
    labels,
    input: meta.input ?? null,
    options: meta.options ?? {},
  };
}

/** `saveAs` -> `Save as`. */
const spelledOut = (key: string): string => {
  const words = key.replace(/([a-z])([A-Z])/g, '$1 $2').replace(/[_-]+/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1).toLowerCase();
};

function titleAt(configs: readonly unknown[], path: Path): string | null {
  for (const config of configs) {
    const item = path.reduce<unknown>(
      (value, key) => (isObject(value) || Array.isArray(value) ? Reflect.get(value, key) : undefined),
      config,
    );
    if (!isObject(item)) continue;
    const title = [item.title, item.label, item.name, item.text].find((one) => typeof one === 'string' && one !== '');
    if (typeof title === 'string') return title;
  }
  return null;
}

/** The schema of what stands under a key; null where nobody says. */
function inside(schema: z.ZodType, key: string | number): z.ZodType | null {
  const bare = unwrapped(schema).at(-1);
  if (bare instanceof z.ZodObject) return (bare.shape[String(key)] as z.ZodType | undefined) ?? null;
  if (bare instanceof z.ZodArray) return bare.element as z.ZodType;
  if (bare instanceof z.ZodRecord) return bare.valueType as z.ZodType;
  if (bare instanceof z.ZodUnion) {
    const options = bare.options as readonly z.ZodType[];
    return options.map((option) => inside(option, key)).find((found) => found !== null) ?? null;
  }
  return null;
}

/** The outermost word counts: it was said for this place. */
function metaOf(schema: z.ZodType): Meta {
  const metas = unwrapped(schema).map((one) => (one.meta() ?? {}) as Meta);
  return Object.assign({}, ...metas.reverse());
}

/** The schema and what it wraps, from the outside in. */
function unwrapped(schema: z.ZodType): z.ZodType[] {
  const inner =
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodLazy
      ? (schema.unwrap() as z.ZodType)
      : schema instanceof z.ZodPipe
        ? (schema.in as z.ZodType)
        : null;
  return inner ? [schema, ...unwrapped(inner)] : [schema];
}
