import type { NodeType } from '@parley/runtime';
import { z } from 'zod';

type Config = Record<string, unknown>;

const OFFICE_HOURS = [['09:00', '17:00']];
/** What is more useful to begin with than the smallest shape. */
const STARTS: Readonly<Record<string, Config>> = {
  'chat.list': { sections: [{ rows: [{ id: 'option1', title: '' }] }] },
  'time.wait': { duration: 'PT1H' },
  'time.hours': {
    hours: { ...Object.fromEntries(['mo', 'tu', 'we', 'th', 'fr'].map((day) => [day, OFFICE_HOURS])), sa: [], su: [] },
  },
  'chat.send': { text: '' },
};

/**
 * What a new node begins with: the defaults of its schema, and of what must be filled in the smallest shape, so that its
 * fields and ports are there to be worked on. Texts are left empty: they are the author's to write.
 */
export const startingConfig = ({ type, schema }: Pick<NodeType, 'type' | 'schema'>): Config => ({
  ...startingObject(schema, 1),
  ...structuredClone(STARTS[type] ?? {}),
});

function startingObject(schema: z.ZodObject, number: number): Config {
  const config: Config = {};
  for (const [key, field] of Object.entries(schema.shape)) {
    const value = isWayId(key, field) ? `option${number}` : startingValue(field as z.ZodType, number);
    if (value !== undefined) config[key] = value;
  }
  return config;
}

/** An item's `id` names a port. It is nothing that a person should have to make up. */
const isWayId = (key: string, field: unknown): boolean => key === 'id' && field instanceof z.ZodString;

function startingValue(field: z.ZodType, number: number): unknown {
  const absent = field.safeParse(undefined);
  if (absent.success) return absent.data;
  if (field instanceof z.ZodString) return '';
  if (field instanceof z.ZodEnum) return field.options[0];
  if (field instanceof z.ZodLiteral) return [...field.values][0];
  if (field instanceof z.ZodBoolean) return false;
  if (field instanceof z.ZodObject) return startingObject(field, number);
  if (field instanceof z.ZodArray) return startingItems(field as z.ZodArray<z.ZodType>);
  if (field instanceof z.ZodUnion) return startingValue(field.options[0] as z.ZodType, number);
  if (field instanceof z.ZodRecord) return {};
  return undefined; // a number: none is better than a wrong one
}

/** As many items as there must be. */
function startingItems(field: z.ZodArray<z.ZodType>): unknown[] {
  const tried = field.safeParse([]);
  const short = tried.error?.issues.find((issue) => issue.code === 'too_small' && issue.path.length === 0);
  const least = short?.code === 'too_small' ? Number(short.minimum) : 0;
  return Array.from({ length: least }, (_, index) => startingValue(field.element, index + 1));
}
