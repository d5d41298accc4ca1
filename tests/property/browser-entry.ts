import { createCodeService } from '@parley/editor/src/document/code-service.ts';
import { createTalk, type Talk } from '@parley/editor/src/simulator/talk/create-talk.ts';
import { type Flow, type OutboundContent, parseFlow, providerContent } from '@parley/runtime';
import {
  type Case,
  CONTACT,
  type Effects,
  type Input,
  type Lot,
  REFUSED,
  shownFault,
  shownRequest,
  web,
} from './case.ts';

const NO_LOT: Lot = { contact: 'con_simulated', sessions: [] };

export type Played = Omit<Effects, 'sent'> & {
  sent: OutboundContent[];
  /** Each node that was left, as its type and port: `data.code error`. */
  reached: string[];
};

/** What nobody could send, such as a template with an empty value, is shown as failed and reaches no provider. */
const goesOut = (content: OutboundContent): boolean => 'content' in providerContent(content, 'simulator');

/** The thread of the editor's simulator, one for all conversations. */
const code = createCodeService();

/** Plays a conversation as the editor's simulator does, one node at a time: what a person sees in the end is what counts. */
async function play(
  { id, document, others, phone, inputs }: Case,
  waits: string[],
  now: string,
  lot: Lot,
): Promise<Played> {
  const flow = parsed(document);
  const library = Object.fromEntries(others.map((one) => [one.id, parsed(one.document)]));
  const asked: unknown[] = [];
  const talk = createTalk({
    setup: { flow, id, library, now, contact: { id: lot.contact, name: CONTACT, phone }, sessions: lot.sessions },
    code,
  });
  talk.pause();
  let seen: unknown = null;
  const subscription = talk.store.subscribe(({ context: { question } }) => {
    if (!question || question === seen) return;
    seen = question;
    asked.push(shownRequest(question));
    void web(question).then(talk.answer, () => talk.answer(null));
  });
  for (const [round, input] of inputs.entries()) {
    // Before they ever wrote there is no conversation that an event could begin in
    const isUnheard = !talk.store.getSnapshot().context.lines.some(({ from }) => from === 'contact');
    if (!('happen' in input && isUnheard)) await done(talk, input);
    await stepThrough(talk, { kind: 'wait', duration: waits[round] ?? 'PT0S' });
  }
  subscription.unsubscribe();
  const { lines, status, owner, variables, hidden, crash } = talk.store.getSnapshot().context;
  if (hidden > 0 || crash !== null) throw new Error(`${hidden} lines were never shown; ${crash}`);
  const { at, fault, trace } = talk.record().simulation;
  const reached = trace.map((visit) => `${typeAt({ ...library, [id]: flow }, visit)} ${visit.port}`);
  const sent = lines.flatMap((line) => (line.from === 'bot' && goesOut(line.content) ? [line.content] : []));
  return { sent, asked, status, owner, at: at?.node ?? null, fault: shownFault(fault), variables, reached } as Played;
}

async function done(talk: Talk, input: Input): Promise<void> {
  if ('say' in input) await stepThrough(talk, { kind: 'say', message: input.say });
  if ('happen' in input) await stepThrough(talk, { kind: 'happen', ...input.happen });
  if ('resume' in input) await stepThrough(talk, { kind: 'resume' });
  if ('refuse' in input) await talk.act({ kind: 'refuse', reason: REFUSED });
}

/** Shows node after node until the turn is over; a request is asked only when it is reached. */
async function stepThrough(talk: Talk, input: Parameters<Talk['act']>[0]): Promise<void> {
  let isOver = false;
  const turn = talk.act(input).then(() => {
    isOver = true;
  });
  while (!isOver) {
    while (talk.store.getSnapshot().context.mode !== 'live') talk.step();
    await Promise.race([turn, changed(talk)]);
  }
  await turn;
  while (talk.store.getSnapshot().context.mode !== 'live') talk.step();
}

/** A path leads through the nodes that run other flows inside. */
function typeAt(flows: Record<string, Flow>, { flow, node: path }: { flow: string; node: string }): string {
  let [within, type] = [flows[flow], ''];
  for (const id of path.split('/')) {
    const node = within?.nodes.find((one) => one.id === id);
    type = node?.type ?? id;
    within = flows[String(node?.config.flow)];
  }
  return type;
}

const changed = (talk: Talk): Promise<void> =>
  new Promise((resolve) => {
    const subscription = talk.store.subscribe(() => {
      subscription.unsubscribe();
      resolve();
    });
  });

function parsed(document: object): Flow {
  const { flow, problems } = parseFlow(document);
  if (!flow) throw new Error(problems.map(({ message }) => message).join(' '));
  return flow;
}

Object.assign(globalThis, {
  /** JSON in, JSON out: nothing else passes between a page and its test. */
  async playAll(text: string): Promise<string> {
    const { cases, waits, now, lots } = JSON.parse(text) as {
      cases: Case[];
      waits: string[];
      now: string;
      lots: Lot[];
    };
    const played: Played[] = [];
    for (const [index, one] of cases.entries()) played.push(await play(one, waits, now, lots[index] ?? NO_LOT));
    return JSON.stringify(played);
  },
});
