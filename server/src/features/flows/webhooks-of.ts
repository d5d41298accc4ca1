import { nodeTypes } from '@parley/nodes';
import { parseFlow } from '@parley/runtime';
import { webhookName } from '../../engine/webhook-name.ts';
import type { StoredFlow } from './store.ts';

/** The address of every webhook trigger. It answers once the flow is active with that trigger. */
export function webhooksOf({ id, document }: StoredFlow, sign: (name: string) => string, publicUrl: string) {
  const triggers = parseFlow(document).flow?.nodes.filter(({ type }) => nodeTypes.get(type)?.begins === 'webhook');
  return (triggers ?? []).map(({ id: node }) => ({
    node,
    url: `${publicUrl}/webhook/flows/${id}/${node}?key=${sign(webhookName(id, node))}`,
  }));
}
