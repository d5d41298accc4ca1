/** As the nodes name them, the week beginning on Monday. */
export const DAYS = ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'] as const;
export type Day = (typeof DAYS)[number];

export type Span = readonly [from: string, to: string];

/** The spans of a day, as far as they are any. */
export const spansOf = (value: unknown): Span[] =>
  Array.isArray(value)
    ? value.map((one): Span => (Array.isArray(one) ? [String(one[0] ?? ''), String(one[1] ?? '')] : ['', '']))
    : [];
