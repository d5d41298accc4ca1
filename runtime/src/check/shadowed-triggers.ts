import type { Flow } from '../flow/flow.ts';
import { flowWarning, type Problem } from '../flow/problem.ts';
import { isObject } from '../json.ts';
import { type InboundMessage, inboundMessage, inboundText } from '../message/inbound.ts';
import { type NodeType, type NodeTypes, readConfig, TRIGGER_RANKS } from '../node/define-node.ts';

const MAX_TRIGGERS = 100; // each is tried with the words of all others
const OTHER_WORDS = 'zqxj vwkz'; // around a word, where a trigger takes it inside a message; in no language

interface Trigger {
  id: string;
  index: number;
  name: string;
  config: unknown;
  claims: NonNullable<NodeType['claims']>;
}
interface Incoming {
  message: InboundMessage;
  first: boolean;
}

/** Triggers that never begin the flow, because another one of it takes every message that they wait for. */
export function shadowedTriggerProblems(flow: Flow, nodeTypes: NodeTypes): Problem[] {
  const triggers = flow.nodes.flatMap((node, index): Trigger[] => {
    const type = nodeTypes.get(node.type);
    const config = type?.claims && readConfig(node, type);
    if (!type?.claims || !config?.success) return [];
    return [{ id: node.id, index, name: node.label ?? node.id, config: config.data, claims: type.claims }];
  });
  if (triggers.length > MAX_TRIGGERS) return [];
  return triggers.flatMap((trigger): Problem[] => {
    const winners = incomingFor(trigger).map((incoming) => winnerOf(triggers, incoming));
    const [first] = winners;
    if (!first || winners.includes(trigger)) return [];
    return [
      flowWarning('trigger_shadowed', `${trigger.id} never begins the flow: ${first.id} takes the same messages.`, {
        node: trigger.id,
        path: `/nodes/${trigger.index}`,
        values: { by: first.name },
      }),
    ];
  });
}

/** The more specific claim wins, then the earlier node. */
function winnerOf(triggers: readonly Trigger[], incoming: Incoming): Trigger | undefined {
  let best: { trigger: Trigger; rank: number } | undefined;
  for (const trigger of triggers) {
    const claim = trigger.claims(trigger.config, incoming);
    if (!claim) continue;
    const rank = TRIGGER_RANKS[claim.kind];
    if (!best || rank < best.rank) best = { trigger, rank };
  }
  return best?.trigger;
}

/** Messages that the trigger takes, by the fields that message triggers have; none where they cannot be made up. */
function incomingFor({ config, claims }: Trigger): Incoming[] {
  if (!isObject(config)) return [];
  const { keywords, payload, title } = config;
  const words = Array.isArray(keywords) ? keywords.filter((word) => typeof word === 'string') : [];
  const texts = words.flatMap((word) => [word, `${word} ${OTHER_WORDS}`, `${OTHER_WORDS} ${word} ${OTHER_WORDS}`]);
  const tapped = inboundMessage({
    type: 'button',
    text: typeof title === 'string' ? title : null,
    payload: typeof payload === 'string' ? payload : null,
  });
  const tried = [
    ...[...texts, OTHER_WORDS].flatMap((text) =>
      [false, true].map((first): Incoming => ({ message: inboundText(text), first })),
    ),
    { message: tapped, first: false },
  ];
  return tried.filter((incoming) => claims(config, incoming) !== null);
}
