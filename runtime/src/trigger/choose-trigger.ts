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
  /** The other triggers that claimed it, the nearest first, and why each came behind. */
  over?: { flow: string; node: string; kind: TriggerKind; by: string; because: string }[];
}

const MAX_OVER = 10; // losers that are kept with a message

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
  const [best, ...others] = claims.sort((a, b) => compare(a, b).order);
  if (!best) return null;
  const { flow, node, claim } = best;
  const over = others.slice(0, MAX_OVER).map((other) => ({
    flow: other.flow.id,
    node: other.node,
    ...other.claim,
    because: compare(best, other).because,
  }));
  return { flow: flow.id, version: flow.version, node, ...claim, ...(over.length > 0 && { over }) };
}

interface Claim {
  flow: LiveFlow;
  node: string;
  claim: { kind: TriggerKind; by: string };
}

/** Which of two claims comes first, and why, in words for whoever wonders which bot answers. */
function compare(a: Claim, b: Claim): { order: number; because: string } {
  const rank = TRIGGER_RANKS[a.claim.kind] - TRIGGER_RANKS[b.claim.kind];
  if (rank !== 0) return { order: rank, because: `"${a.claim.kind}" comes before "${b.claim.kind}".` };
  return compareFlows(a.flow, b.flow);
}

/** Where the claims are alike: the higher priority, then the older flow, then the earlier node. */
export function compareFlows(a: LiveFlow, b: LiveFlow): { order: number; because: string } {
  const [first, second] = [a.document.settings.priority, b.document.settings.priority];
  if (first !== second) return { order: second - first, because: `The priority ${first} is above ${second}.` };
  const age = a.createdAt.getTime() - b.createdAt.getTime();
  if (age !== 0) return { order: age, because: 'The other flow is older.' };
  if (a.id === b.id) return { order: 0, because: 'Its trigger stands earlier in the flow.' };
  return { order: a.id < b.id ? -1 : 1, because: 'Both flows are as old; the one with the lower id comes first.' };
}

export const servesChannel = ({ settings }: Flow, channel: string): boolean =>
  settings.channels.length === 0 || settings.channels.includes(channel);
