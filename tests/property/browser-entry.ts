import { createTalk, type Talk } from '@parley/editor/src/simulator/talk/create-talk.ts';
import { type OutboundContent, parseFlow, providerContent } from '@parley/runtime';
import { type Case, CONTACT, type Effects, type Input, REFUSED, shownRequest, web } from './case.ts';

export type Played = Omit<Effects, 'sent'> & { sent: OutboundContent[] };

/** What nobody could send, such as a template with an empty value, is shown as failed and reaches no provider. */
const goesOut = (content: OutboundContent): boolean => 'content' in providerContent(content, 'simulator');

/** Plays a conversation as the editor's simulator does, one node at a time: what a person sees in the end is what counts. */
async function play({ document, phone, inputs }: Case, waits: string[], now: string): Promise<Played> {
  const { flow, problems } = parseFlow(document);
  if (!flow) throw new Error(problems.map(({ message }) => message).join(' '));
  const asked: unknown[] = [];
  const talk = createTalk({ setup: { flow, library: {}, now, contact: { name: CONTACT, phone } } });
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
  const { at, fault } = talk.record().simulation;
  const sent = lines.flatMap((line) => (line.from === 'bot' && goesOut(line.content) ? [line.content] : []));
  return { sent, asked, status, owner, at: at?.node ?? null, fault: fault?.code ?? null, variables } as Played;
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
    // The turn goes on by microtasks and by answers that come at once: none of them takes a timer
    await Promise.resolve();
  }
  await turn;
  while (talk.store.getSnapshot().context.mode !== 'live') talk.step();
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
