import { type Flow, type FlowNode, isObject, type NodeTypes, portsOf } from '@parley/runtime';

/** Every port of a node, also while its config is not right yet; of an unknown type none. */
export function portsOfNode(node: FlowNode, nodeTypes: NodeTypes): string[] {
  const type = nodeTypes.get(node.type);
  if (!type) return [];
  const config = type.schema.safeParse(node.config);
  try {
    return unique(portsOf(type, config.success ? config.data : node.config));
  } catch {
    return choicesOf(node.config).length > 0 || type.waits
      ? unique([...choicesOf(node.config), 'other', 'timeout'])
      : ['next'];
  }
}

/** The first port that leads nowhere yet; `next` and choices before what only happens when something goes wrong. */
export function freePortOf(flow: Flow, node: FlowNode, nodeTypes: NodeTypes): string | undefined {
  const wired = new Set(flow.edges.filter(({ source }) => source === node.id).map(({ sourceHandle }) => sourceHandle));
  const free = portsOfNode(node, nodeTypes).filter((port) => !wired.has(port));
  return free.find((port) => !EXCEPTIONS.has(port)) ?? free[0];
}

/** Ways on that are taken when nobody answered, or something failed. */
export const EXCEPTIONS: ReadonlySet<string> = new Set(['timeout', 'error', 'other', 'invalid']);

/** Ids of buttons, rows, cases and branches as far as they are written. */
function choicesOf(config: unknown): string[] {
  if (!isObject(config)) return [];
  const lists = [config.buttons, config.cases, config.branches, config.sections];
  return lists
    .flatMap((list) => (Array.isArray(list) ? list : []))
    .flatMap((item) => {
      if (!isObject(item)) return [];
      const rows = Array.isArray(item.rows) ? item.rows : [item];
      return rows.flatMap((row) => (isObject(row) && typeof row.id === 'string' && row.id !== '' ? [row.id] : []));
    });
}

const unique = (ports: readonly string[]): string[] => [...new Set(ports)];
