/** What the key of a flow's webhook signs: it opens this trigger and no other. */
export const webhookName = (flow: string, node: string): string => `webhook ${flow} ${node}`;
