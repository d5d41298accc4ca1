import { nodes } from '@parley/nodes';
import { Flow } from '@parley/runtime';
import { z } from 'zod';
import { json } from './monaco.ts';

let isDone = false;

/** Tells the JSON editor what a flow looks like: fields, node types, what each of them may be set to. */
export function describeFlow(): void {
  if (isDone) return;
  isDone = true;
  json.jsonDefaults.setDiagnosticsOptions({
    validate: true,
    enableSchemaRequest: false,
    schemas: [{ uri: 'parley://flow', fileMatch: ['flow-*.json'], schema: flowSchema() }],
  });
}

export function flowSchema(): Record<string, unknown> {
  const flow = z.toJSONSchema(Flow, { io: 'input', unrepresentable: 'any' });
  const list = (flow.properties?.nodes ?? {}) as { items?: Record<string, unknown> };
  const { $schema, ...node } = (list.items ?? {}) as Record<string, unknown>;
  const byType = nodes.map(({ type, title, description, schema }) => {
    const { $schema: _, ...config } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
    return {
      if: { properties: { type: { const: type } } },
      // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own word
      then: { properties: { config: { ...config, title, description } } },
    };
  });
  const properties = { ...(flow.properties as Record<string, unknown>) };
  properties.nodes = { ...list, items: { ...node, allOf: byType } };
  return { ...flow, properties };
}
