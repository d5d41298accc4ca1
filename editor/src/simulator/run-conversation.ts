import { nodeTypes } from '@parley/nodes';
import { createSimulation, inboundMessage, type OutboundContent, parseFlow } from '@parley/runtime';

/** What happens next: the person taps (`payload`, with the title as `text`), writes (`text`), or time passes (`wait`, ISO 8601). */
export interface ConversationInput {
  text?: string;
  payload?: string;
  wait?: string;
}

export interface ConversationOptions {
  /** ISO 8601: where the conversation's own clock begins. */
  now: string;
  contact: { name: string; phone: string };
}

export interface ConversationResult {
  sent: OutboundContent[];
  status: string;
  owner: string;
}

/**
 * Plays the inputs against a flow document and gives what was sent, as plain JSON. The same arguments always give the
 * same answer; HTTP requests get none and take their `error` port. Rejects where the document is not a flow.
 *
 * @example await runConversation(document, [{ text: 'hi' }, { payload: 'yes' }, { wait: 'PT30M' }], { now, contact })
 */
export async function runConversation(
  document: unknown,
  inputs: readonly ConversationInput[],
  { now, contact }: ConversationOptions,
): Promise<ConversationResult> {
  const { flow, problems } = parseFlow(document);
  if (!flow) throw new Error(`This is not a flow: ${problems.map((problem) => problem.message).join(' ')}`);
  const simulation = createSimulation({
    flows: [{ id: 'flw_probe', version: 1, createdAt: new Date(0), document: flow }],
    nodeTypes,
    now,
    contact,
  });
  for (const input of inputs) {
    const { text = null, payload = null, wait } = input;
    if (text !== null || payload !== null) {
      await simulation.say(inboundMessage({ type: payload === null ? 'text' : 'button', text, payload }));
    }
    if (wait !== undefined) await simulation.wait(wait);
  }
  const sent = simulation.transcript.flatMap((said) => (said.from === 'bot' ? [said.content] : []));
  return { sent: JSON.parse(JSON.stringify(sent)), status: simulation.status, owner: simulation.owner };
}
