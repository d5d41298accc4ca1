import { fold } from './fold.ts';
import { isTruthy, valueToNumber, valueToText } from './value.ts';

type Helper = (args: unknown[]) => unknown;

const arithmetic =
  (operation: (a: number, b: number) => number): Helper =>
  (args) => {
    const numbers = args.map(valueToNumber);
    if (numbers.length === 0 || numbers.some((one) => one === null)) return null;
    // Decimal places people did not type are noise: 0.1 + 0.2 reads 0.3.
    return valueToNumber(Number((numbers as number[]).reduce(operation).toPrecision(15)));
  };

const compared =
  (holds: (sign: number) => boolean): Helper =>
  ([left, right]) => {
    const a = valueToNumber(left);
    const b = valueToNumber(right);
    if (a !== null && b !== null) return holds(Math.sign(a - b));
    const [x, y] = [fold(valueToText(left)), fold(valueToText(right))];
    return holds(x < y ? -1 : x > y ? 1 : 0);
  };

/** Own helpers only, on a table without a prototype: `constructor` is no helper. */
const helpers: Record<string, Helper> = Object.assign(Object.create(null) as Record<string, Helper>, {
  add: arithmetic((a, b) => a + b),
  subtract: arithmetic((a, b) => a - b),
  multiply: arithmetic((a, b) => a * b),
  divide: arithmetic((a, b) => a / b),
  round: ([value, places = 0]: unknown[]) => {
    const number = valueToNumber(value);
    const digits = Math.min(Math.max(valueToNumber(places) ?? 0, 0), 10);
    return number === null ? null : valueToNumber(Number(number.toFixed(digits)));
  },
  upper: ([value]: unknown[]) => valueToText(value).toUpperCase(),
  lower: ([value]: unknown[]) => valueToText(value).toLowerCase(),
  trim: ([value]: unknown[]) => valueToText(value).trim(),
  default: ([value, otherwise]: unknown[]) => (isTruthy(value) ? value : otherwise),
  length: ([value]: unknown[]) => (Array.isArray(value) ? value.length : [...valueToText(value)].length),
  join: ([value, separator = ', ']: unknown[]) =>
    Array.isArray(value) ? value.map(valueToText).join(valueToText(separator)) : valueToText(value),
  eq: compared((sign) => sign === 0),
  ne: compared((sign) => sign !== 0),
  lt: compared((sign) => sign < 0),
  lte: compared((sign) => sign <= 0),
  gt: compared((sign) => sign > 0),
  gte: compared((sign) => sign >= 0),
  and: (args: unknown[]) => args.every(isTruthy),
  or: (args: unknown[]) => args.some(isTruthy),
  not: ([value]: unknown[]) => !isTruthy(value),
});

export const helperOf = (name: string): Helper | undefined => helpers[name];
export const helperNames = (): string[] => Object.keys(helpers);
