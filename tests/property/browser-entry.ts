import { nodeTypes } from '@parley/nodes';
import { createSimulation, type OutboundContent, parseFlow, providerContent } from '@parley/runtime';
import { type Case, CONTACT, type Effects, REFUSED, shownRequest, web } from './case.ts';

export type Played = Omit<Effects, 'sent'> & { sent: OutboundContent[] };

/** What nobody could send, such as a template with an empty value, is shown as failed and reaches no provider. */
const goesOut = (content: OutboundContent): boolean => 'content' in providerContent(content, 'simulator');

/** Plays a conversation on the runtime as the editor's simulator drives it. */
async function play({ document, phone, inputs }: Case, waits: string[], now: string): Promise<Played> {
  const { flow, problems } = parseFlow(document);
  if (!flow) throw new Error(problems.map(({ message }) => message).join(' '));
  const asked: unknown[] = [];
  const simulation = createSimulation({
    flows: [{ id: 'flw_simulated', version: 1, createdAt: new Date(0), document: flow }],
    nodeTypes,
    now,
    contact: { name: CONTACT, phone },
    services: {
      http: (request) => {
        asked.push(shownRequest(request));
        return web(request);
      },
    },
  });
  for (const [round, input] of inputs.entries()) {
    if ('say' in input) await simulation.say(input.say);
    if ('resume' in input) await simulation.resume();
    if ('refuse' in input) simulation.failNextSend(REFUSED);
    await simulation.wait(waits[round] ?? 'PT0S');
  }
  const { transcript, status, owner, at, fault, variables } = simulation;
  const sent = transcript.flatMap((said) => (said.from === 'bot' && goesOut(said.content) ? [said.content] : []));
  return { sent, asked, status, owner, at: at?.node ?? null, fault: fault?.code ?? null, variables };
}

Object.assign(globalThis, {
  /** JSON in, JSON out: nothing else passes between a page and its test. */
  async playAll(text: string): Promise<string> {
    const { cases, waits, now } = JSON.parse(text) as { cases: Case[]; waits: string[]; now: string };
    const played: Played[] = [];
    for (const one of cases) played.push(await play(one, waits, now));
    return JSON.stringify(played);
  },
});
