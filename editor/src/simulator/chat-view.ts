import { nodeTypes } from '@parley/nodes';
import type { Flow, HttpRequest, JsonObject, Said, Simulation } from '@parley/runtime';

type SystemLine = Extract<Said, { from: 'system' }> & { team: string | null };

/** A line of the chat window. `key` stays while the conversation goes on. */
export type ChatLine = { key: number } & (Exclude<Said, { from: 'system' }> | SystemLine);

/** All that the chat window shows, made anew after every step. */
export interface ChatView {
  lines: ChatLine[];
  status: Simulation['status'];
  owner: Simulation['owner'];
  now: string;
  place: { id: string; name: string } | null;
  variables: JsonObject;
  /** The request that the flow waits for. */
  question: HttpRequest | null;
  /** Messages that came while the request is open. */
  queued: number;
  /** Why the simulator itself stopped. */
  crash: string | null;
}

type Open = Pick<ChatView, 'question' | 'queued' | 'crash'>;

export function viewOf(simulation: Simulation, flow: Flow, open: Open): ChatView {
  const { status, owner, now, at, variables } = simulation;
  return {
    lines: linesOf(simulation, flow),
    status,
    owner,
    now,
    place: status === 'waiting' || status === 'calling' ? placeOf(flow, at?.node ?? '') : null,
    variables: { ...variables },
    ...open,
  };
}

/** Inside a flow that runs inside, the node that runs it. */
function placeOf(flow: Flow, path: string): ChatView['place'] {
  const [id = ''] = path.split('/');
  const node = flow.nodes.find((one) => one.id === id);
  return node ? { id, name: node.label || nodeTypes.get(node.type)?.title || node.type } : null;
}

/** The transcript names a handoff's note; its team stands in the node that asked for it. */
function linesOf({ transcript, trace }: Simulation, flow: Flow): ChatLine[] {
  const handoffs = trace.filter(({ node, port }) => port === null && typeOf(flow, node) === 'people.handoff');
  let handed = 0;
  return transcript.map((said, key) => {
    if (said.from !== 'system') return { key, ...said };
    if (said.event !== 'handed-over') return { key, ...said, team: null };
    const node = handoffs[handed]?.node;
    handed += 1;
    const { team } = flow.nodes.find((one) => one.id === node)?.config ?? {};
    return { key, ...said, team: typeof team === 'string' && !team.includes('{{') ? team : null };
  });
}

const typeOf = (flow: Flow, id: string) => flow.nodes.find((node) => node.id === id)?.type;
