import type { Flow } from '../flow/flow.ts';
import type { InboundMessage } from '../message/inbound.ts';
import { type NodeTypes, TRIGGER_RANKS, type TriggerKind } from '../node/define-node.ts';

/** A flow that is live; `createdAt` breaks the last tie: the older flow wins. */
export interface LiveFlow {
  id: string;
  version: number;
  createdAt: Date;
  document: Flow;
}

/** Why this flow answers this message; kept with the message so that a person can see it. */
export interface TriggerDecision {
  flow: string;
  version: number;
  node: string;
  kind: TriggerKind;
  by: string;
}

interface Incoming {
  message: InboundMessage;
  /** True for the contact's first message. */
  first: boolean;
  channel: string;
}

/** Which flow wins: the more specific claim, then the higher priority, then the older flow, then the earlier node. */
export function chooseTrigger(
  flows: readonly LiveFlow[],
  nodeTypes: NodeTypes,
  incoming: Incoming,
): TriggerDecision | null {
  const claims = flows
    .filter((flow) => servesChannel(flow.document, incoming.channel))
    .flatMap((flow) =>
      flow.document.nodes.flatMap((node) => {
        const type = nodeTypes.get(node.type);
        const config = type?.claims && type.schema.safeParse(node.config);
        const claim = config?.success ? type?.claims?.(config.data, incoming) : null;
        return claim ? [{ flow, node: node.id, claim }] : [];
      }),
    );
  const [best] = claims.sort(
    (a, b) =>
      TRIGGER_RANKS[a.claim.kind] - TRIGGER_RANKS[b.claim.kind] ||
      b.flow.document.settings.priority - a.flow.document.settings.priority ||
      a.flow.createdAt.getTime() - b.flow.createdAt.getTime() ||
      (a.flow.id < b.flow.id ? -1 : a.flow.id > b.flow.id ? 1 : 0),
  );
  return best ? { flow: best.flow.id, version: best.flow.version, node: best.node, ...best.claim } : null;
}

const servesChannel = ({ settings }: Flow, channel: string): boolean =>
  settings.channels.length === 0 || settings.channels.includes(channel);
