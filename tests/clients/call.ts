import { CUSTOMER, type RunningSimulator, startSimulator } from '@parley/server/src/simulator/testing/start.ts';

/** One thing that a foreign client asks of the simulator, and what it has to get. */
export interface Call<Context> {
  name: string;
  run(context: Context): Promise<void>;
}

/** A client that we did not write, and what it is asked to do, in order: later calls build on earlier ones. */
export interface Client<Context> {
  name: string;
  start(simulator: RunningSimulator): Promise<Context>;
  calls: Call<Context>[];
}

export interface Outcome {
  client: string;
  name: string;
  trouble: string | null;
}

/** Runs all calls of a client against a simulator of its own. */
export async function runClient<Context>(client: Client<Context>): Promise<Outcome[]> {
  const simulator = await startSimulator({ fetch: fetchOf });
  try {
    simulator.addCustomer(CUSTOMER, 'Ana');
    const context = await client.start(simulator);
    const outcomes: Outcome[] = [];
    for (const { name, run } of client.calls) {
      const trouble = await run(context).then(
        () => null,
        (error: unknown) => (error instanceof Error ? error.message : String(error)),
      );
      outcomes.push({ client: client.name, name, trouble });
    }
    return outcomes;
  } finally {
    await simulator.close();
  }
}

/** What lies behind the links that the clients send: a file each, from nowhere. */
const fetchOf = (async (given: string | URL | Request, init?: RequestInit) => {
  const url = String(given instanceof Request ? given.url : given);
  if (!url.startsWith('https://files.example/')) return fetch(given, init);
  return new Response('a file', { headers: { 'content-type': 'application/octet-stream' } });
}) as typeof fetch;

/** Throws in words unless every part of `wanted` is so in `got`. */
export function matches(got: unknown, wanted: unknown, at = 'answer'): void {
  if (wanted instanceof RegExp) {
    if (typeof got !== 'string' || !wanted.test(got)) throw new Error(`${at} is ${JSON.stringify(got)}, not ${wanted}`);
    return;
  }
  if (typeof wanted !== 'object' || wanted === null) {
    if (!Object.is(got, wanted)) throw new Error(`${at} is ${JSON.stringify(got)}, not ${JSON.stringify(wanted)}`);
    return;
  }
  if (typeof got !== 'object' || got === null) throw new Error(`${at} is ${JSON.stringify(got)}`);
  for (const [key, value] of Object.entries(wanted))
    matches((got as Record<string, unknown>)[key], value, `${at}.${key}`);
}

/** What the phone shows last. */
export async function phoneShows(simulator: RunningSimulator, number: { id: string }, wanted: unknown): Promise<void> {
  matches((await simulator.chat(number)).at(-1), wanted, 'phone');
}
