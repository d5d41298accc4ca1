import { type Json, readTemplate, renderValue } from '@parley/runtime';

type Locale = Parameters<typeof renderValue>[2];
export type Renderer<Value> = (scope: unknown, locale?: Locale) => Value;

/**
 * Renders the templates of a value that a node keeps from the outer rendering (`literal`), in a scope of the node's own.
 * A lone `{{expression}}` keeps its type; the templates are read once, however often the answer is called. Throws
 * `TemplateLimit` beyond a template's budget.
 */
export function renderer<Value>(value: Value): Renderer<Value> {
  const render = rendererOf(value as Json);
  return (render ?? (() => value)) as Renderer<Value>;
}

/** null where the value holds no template. */
function rendererOf(value: Json | undefined): Renderer<Json> | null {
  if (typeof value === 'string') {
    const { template } = value.includes('{{') ? readTemplate(value) : {};
    return template ? (scope, locale) => renderValue(template, scope, locale) : null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const entries = Object.entries(value).map(([key, item]) => [key, item, rendererOf(item)] as const);
  if (entries.every(([, , render]) => render === null)) return null;
  const rendered: Renderer<[string, Json][]> = (scope, locale) =>
    entries.map(([key, item, render]) => [key, render ? render(scope, locale) : item]);
  return Array.isArray(value)
    ? (scope, locale) => rendered(scope, locale).map(([, item]) => item)
    : (scope, locale) => Object.fromEntries(rendered(scope, locale));
}
