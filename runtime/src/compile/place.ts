import { readTemplate } from '../expression/read-template.ts';
import { renderText, renderValue, type Template } from '../expression/template.ts';
import type { Flow, FlowNode } from '../flow/flow.ts';
import type { Json, JsonObject } from '../json.ts';
import { type NodeType, portsOf } from '../node/define-node.ts';

/** A node as the machine uses it: config parsed, templates read once, ports with where they lead. */
export interface Place {
  path: string;
  node: FlowNode;
  type: NodeType;
  config: unknown;
  ports: Map<string, string | null>;
  render(scope: unknown): JsonObject;
}

export function placeOf(node: FlowNode, type: NodeType, flow: Flow): Place {
  const config = type.schema.parse(node.config);
  const targets = new Map(
    flow.edges.filter((edge) => edge.source === node.id).map((edge) => [edge.sourceHandle, edge.target]),
  );
  const ports = new Map(portsOf(type, config).map((port) => [port, targets.get(port) ?? null]));
  return { path: node.id, node, type, config, ports, render: rendererOf(config as Json, type) };
}

type Render = (scope: unknown) => Json;

/** A copy of the config whose strings are rendered; parts without templates are shared, not copied. */
function rendererOf(config: Json, type: NodeType): (scope: unknown) => JsonObject {
  const fields = Object.entries(config as JsonObject).map(([key, value]): [string, Json, Render | null] => [
    key,
    value,
    type.literal.includes(key) ? null : renderOf(value, type.typed.includes(key)),
  ]);
  const dynamic = fields.filter((field): field is [string, Json, Render] => field[2] !== null);
  if (dynamic.length === 0) return () => config as JsonObject;
  return (scope) => {
    const rendered = { ...(config as JsonObject) };
    for (const [key, , render] of dynamic) rendered[key] = render(scope);
    return rendered;
  };
}

/** null where the value holds no template. */
function renderOf(value: Json, typed: boolean): Render | null {
  if (typeof value === 'string') return value.includes('{{') ? renderString(value, typed) : null;
  if (Array.isArray(value)) {
    const items = value.map((item) => renderOf(item, typed));
    if (items.every((item) => item === null)) return null;
    return (scope) => value.map((item, index) => items[index]?.(scope) ?? item);
  }
  if (typeof value !== 'object' || value === null) return null;
  const entries = Object.entries(value).map(([key, item]) => [key, item, renderOf(item, typed)] as const);
  if (entries.every(([, , render]) => render === null)) return null;
  return (scope) => Object.fromEntries(entries.map(([key, item, render]) => [key, render ? render(scope) : item]));
}

function renderString(source: string, typed: boolean): Render {
  const { template } = readTemplate(source);
  if (!template) return () => ''; // the structure check names the broken template; such a flow has no machine
  return (scope) => renderOnce(template, typed, scope);
}

const renderOnce = (template: Template, typed: boolean, scope: unknown): Json =>
  typed ? renderValue(template, scope) : renderText(template, scope);
