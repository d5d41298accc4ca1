import { z } from 'zod';

/** A text of 1 to `limit` characters as it is sent; how long a template becomes is known only then, and checked then. */
export const limitedText = (limit: number) =>
  z
    .string()
    .min(1)
    .check(({ value, issues }) => {
      if (value.length > limit && !value.includes('{{'))
        issues.push({ code: 'too_big', origin: 'string', maximum: limit, inclusive: true, input: value });
    })
    .meta({ maxLength: limit });
