import type { Locale } from '../expression/locale.ts';
import { readTemplate } from '../expression/read-template.ts';
import { renderText, renderValue, type Template } from '../expression/template.ts';
import type { Flow, FlowNode } from '../flow/flow.ts';
import type { Json, JsonObject } from '../json.ts';
import type { ContactFacts } from '../node/context.ts';
import { type NodeType, portsOf } from '../node/define-node.ts';
import { textsOf, translateConfig, translationFor } from './translate.ts';

/** A node as the machine uses it: config parsed, templates read once, ports with where they lead. */
export interface Place {
  /** The node's id; inside a sub-flow behind the caller's path: `order/ask`. */
  path: string;
  /** Whose variables it sees: '' or `order/`. */
  scope: string;
  /** The path of the place that runs the sub-flow it lies in. */
  caller: string | null;
  node: FlowNode;
  type: NodeType;
  /** The document it stands in. */
  flow: Flow;
  config: unknown;
  /** Where each port leads, as a path. */
  ports: Map<string, string | null>;
  /** Paths from which coming here is the next turn of a loop whose head this place is. Worked out when it is first asked for. */
  body(): ReadonlySet<string>;
  /** Of a place that runs a sub-flow: that flow, its scope and its variables at the beginning, and the path where it begins. */
  inside: { flow: Flow; scope: string; entry: string; initial: JsonObject } | null;
  render(scope: unknown, locale: Locale, contact: ContactFacts): JsonObject;
}

/** Where a place stands: in which document, under whose path. */
export interface Standing {
  flow: Flow;
  caller: string | null;
  /** By path; see `Place.body`. */
  bodyOf(path: string): ReadonlySet<string>;
}

export const pathOf = (caller: string | null, node: string): string => (caller === null ? node : `${caller}/${node}`);
export const scopeIn = (caller: string | null): string => (caller === null ? '' : `${caller}/`);

export function placeOf(node: FlowNode, type: NodeType, { flow, caller, bodyOf }: Standing): Place {
  const config = type.schema.parse(node.config);
  const targets = new Map(
    flow.edges.filter((edge) => edge.source === node.id).map((edge) => [edge.sourceHandle, edge.target]),
  );
  const at = (target: string | undefined) => (target === undefined ? null : pathOf(caller, target));
  const ports = new Map(portsOf(type, config).map((port) => [port, at(targets.get(port))]));
  for (const [port, target] of Object.entries(type.links(config))) ports.set(port, at(target));
  const path = pathOf(caller, node.id);
  let body: ReadonlySet<string> | null = null;
  return {
    path,
    scope: scopeIn(caller),
    caller,
    node,
    type,
    flow,
    config,
    ports,
    body: () => {
      body ??= bodyOf(path);
      return body;
    },
    inside: null,
    render: translated(node, type, flow, config as JsonObject),
  };
}

type Renderer = (scope: unknown, locale: Locale) => JsonObject;

/** One renderer for each language that somebody speaks here, made when the first of them comes. */
function translated(node: FlowNode, type: NodeType, flow: Flow, config: JsonObject): Place['render'] {
  const own = rendererOf(config, type);
  if (Object.keys(flow.translations).length === 0) return own;
  const known = new Map<string, Renderer>();
  return (scope, locale, { language: spoken }) => {
    const language = translationFor(flow, spoken);
    if (language === null) return own(scope, locale);
    let renderer = known.get(language);
    if (!renderer) {
      const texts = textsOf(flow, language, node.id);
      // A translation that does not fit (the check names it) must not silence the bot: the flow's own words do
      const fits =
        texts.size > 0 ? type.schema.safeParse(translateConfig(node.config as JsonObject, texts, type.literal)) : null;
      renderer = fits?.success ? rendererOf(fits.data as JsonObject, type) : own;
      known.set(language, renderer);
    }
    return renderer(scope, locale);
  };
}

type Render = (scope: unknown, locale: Locale) => Json;

/** A copy of the config whose strings are rendered; parts without templates are shared, not copied. */
function rendererOf(config: JsonObject, type: NodeType): Renderer {
  const dynamic = Object.entries(config).flatMap(([key, value]): [string, Render][] => {
    const render = type.literal.includes(key) ? null : renderOf(value, type.typed.includes(key));
    return render ? [[key, render]] : [];
  });
  if (dynamic.length === 0) return () => config;
  return (scope, locale) => {
    const rendered = { ...config };
    for (const [key, render] of dynamic) rendered[key] = render(scope, locale);
    return rendered;
  };
}

/** null where the value holds no template. */
function renderOf(value: Json, typed: boolean): Render | null {
  if (typeof value === 'string') return value.includes('{{') ? renderString(value, typed) : null;
  if (Array.isArray(value)) {
    const items = value.map((item) => renderOf(item, typed));
    if (items.every((item) => item === null)) return null;
    // Not by `??`: what renders as null would keep its template.
    return (scope, locale) =>
      value.map((item, index) => {
        const render = items[index];
        return render ? render(scope, locale) : item;
      });
  }
  if (typeof value !== 'object' || value === null) return null;
  const entries = Object.entries(value).map(([key, item]) => [key, item, renderOf(item, typed)] as const);
  if (entries.every(([, , render]) => render === null)) return null;
  return (scope, locale) =>
    Object.fromEntries(entries.map(([key, item, render]) => [key, render ? render(scope, locale) : item]));
}

function renderString(source: string, typed: boolean): Render {
  const { template } = readTemplate(source);
  if (!template) return () => ''; // the structure check names the broken template; such a flow has no machine
  return (scope, locale) => renderOnce(template, typed, scope, locale);
}

const renderOnce = (template: Template, typed: boolean, scope: unknown, locale: Locale): Json =>
  typed ? renderValue(template, scope, locale) : renderText(template, scope, locale);
