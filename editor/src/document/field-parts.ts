import { z } from 'zod';

/** What leads to a field: the label of each part of its pointer as the form shows it, and the numbers of items from 1. */
export function fieldParts(schema: z.ZodType, pointer: string): (string | number)[] {
  let at: z.ZodType | undefined = schema;
  return pointer
    .split('/')
    .slice(1)
    .map((raw) => {
      const key = raw.replaceAll('~1', '/').replaceAll('~0', '~');
      at = at && inside(bare(at), key);
      const label = at && labelOf(at);
      if (label !== undefined) return label;
      return /^\d+$/.test(key) ? Number(key) + 1 : capital(key);
    });
}

function inside(schema: z.ZodType, key: string): z.ZodType | undefined {
  if (schema instanceof z.ZodObject) return (schema.shape as Record<string, z.ZodType>)[key];
  if (schema instanceof z.ZodArray) return schema.element as z.ZodType;
  if (schema instanceof z.ZodRecord) return schema.valueType as z.ZodType;
  if (schema instanceof z.ZodUnion)
    return (schema.options as z.ZodType[])
      .map((option) => inside(bare(option), key))
      .find((found) => found !== undefined);
  return undefined;
}

/** Without what says that it may be left out. */
function bare(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable)
    return bare(schema.unwrap() as z.ZodType);
  return schema;
}

function labelOf(schema: z.ZodType): string | undefined {
  const label = schema.meta()?.label ?? bare(schema).meta()?.label;
  return typeof label === 'string' ? label : undefined;
}

/** `saveAs` reads as "Save as" where no label was given. */
const capital = (key: string): string => {
  const words = key.replace(/([a-z])([A-Z])/g, (_, a, b) => `${a} ${b.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
};
