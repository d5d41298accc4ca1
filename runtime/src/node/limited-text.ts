import { z } from 'zod';

/** A text of `least` to `limit` characters as it is sent; how long a template becomes is known only then, and checked then. */
export const limitedText = (limit: number, least = 1) =>
  z
    .string()
    .min(least)
    .check(({ value, issues }) => {
      if (value.length > limit && !value.includes('{{'))
        issues.push({ code: 'too_big', origin: 'string', maximum: limit, inclusive: true, input: value });
    })
    .meta({ maxLength: limit });
