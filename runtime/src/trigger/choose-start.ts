import { isObject } from '../json.ts';
import type { Begins, BusinessEvent, NodeTypes } from '../node/define-node.ts';
import { compareFlows, type LiveFlow, servesChannel } from './choose-trigger.ts';

/** Where a session begins that no message began. */
export interface StartDecision {
  flow: string;
  version: number;
  node: string;
  /** What the trigger wants where the person is in a conversation with a bot already. */
  whenBusy: 'skip' | 'replace';
  /** Where it keeps what the webhook, the event or the schedule brought; null where it keeps nothing. */
  saveAs: string | null;
  /** The other triggers that wanted it, the nearest first, and why each came behind. */
  over?: { flow: string; node: string; because: string }[];
}

const MAX_OVER = 10; // losers that are kept with a decision

interface Trigger {
  id: string;
  begins: Begins;
  config: unknown;
}

/** Every trigger of a flow whose config can be read, in the order of the document. */
export function triggersOf({ document }: LiveFlow, nodeTypes: NodeTypes): Trigger[] {
  return document.nodes.flatMap((node): Trigger[] => {
    const type = nodeTypes.get(node.type);
    const config = type?.begins && type.schema.safeParse(node.config);
    return type?.begins && config?.success ? [{ id: node.id, begins: type.begins, config: config.data }] : [];
  });
}

/** Which live flow takes a business event: the higher priority, then the older flow, then the earlier node. */
export function chooseEventTrigger(
  flows: readonly LiveFlow[],
  nodeTypes: NodeTypes,
  event: BusinessEvent,
  channel: string,
): StartDecision | null {
  const claims = flows
    .filter((flow) => servesChannel(flow.document, channel))
    .flatMap((flow) =>
      triggersOf(flow, nodeTypes)
        .filter(({ id, config }) => {
          const node = flow.document.nodes.find((one) => one.id === id);
          return nodeTypes.get(node?.type ?? '')?.claimsEvent?.(config, event) ?? false;
        })
        .map((trigger) => ({ flow, trigger })),
    )
    .sort((a, b) => compareFlows(a.flow, b.flow).order);
  const [best, ...others] = claims;
  if (!best) return null;
  const over = others.slice(0, MAX_OVER).map(({ flow, trigger }) => ({
    flow: flow.id,
    node: trigger.id,
    because: compareFlows(best.flow, flow).because,
  }));
  return { ...decisionOf(best.flow, best.trigger), ...(over.length > 0 && { over }) };
}

/** The trigger that a webhook, a schedule or another flow names, or without a name the one that is made to be called, else the flow's first; null where it has none. */
export function startAt(flow: LiveFlow, nodeTypes: NodeTypes, node: string | null): StartDecision | null {
  const triggers = triggersOf(flow, nodeTypes);
  const trigger =
    node === null
      ? (triggers.find(({ begins }) => begins === 'flow') ?? triggers[0])
      : triggers.find(({ id }) => id === node);
  return trigger ? decisionOf(flow, trigger) : null;
}

/** By convention of the contract, `whenBusy` of a trigger's config says what to do beside a running session, `saveAs` where to keep what came. */
const decisionOf = (flow: LiveFlow, { id, config }: Trigger): StartDecision => ({
  flow: flow.id,
  version: flow.version,
  node: id,
  whenBusy: isObject(config) && config.whenBusy === 'replace' ? 'replace' : 'skip',
  saveAs: isObject(config) && typeof config.saveAs === 'string' ? config.saveAs : null,
});
