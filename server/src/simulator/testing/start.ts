import type { AddressInfo } from 'node:net';
import type { MetaNumber, TwilioNumber } from '../network/model.ts';
import type { NewNumber } from '../network/numbers.ts';
import { addNumber, addPhone, NewNumber as NumberShape } from '../network/numbers.ts';
import { buildSimulator, type SimulatorOptions } from '../simulator.ts';

export const CUSTOMER = '+447700900001';

/** The simulator on a free port of this machine, at once and the same every time: seed 1, statuses without delay. */
export async function startSimulator(options: Partial<SimulatorOptions> = {}) {
  const { now = () => new Date(), fetch: call = fetch } = options;
  const simulator = await buildSimulator({ seed: 1, pageDirectory: '/nonexistent', ...options, now, fetch: call });
  await simulator.app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = simulator.app.server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const { network } = simulator;

  async function control(method: string, path: string, body?: unknown) {
    const answer = await fetch(`${url}/_${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    const text = await answer.text();
    return { status: answer.status, body: text === '' ? null : (JSON.parse(text) as Record<string, unknown>) };
  }
  await script({});

  async function script(more: Record<string, unknown>) {
    const answer = await control('PUT', '/script', {
      ...more,
      statuses: { delayMs: 0, ...(more.statuses as object | undefined) },
    });
    if (answer.status !== 200) throw new Error(`the script was refused: ${JSON.stringify(answer.body)}`);
  }

  const added = (wanted: Partial<NewNumber>) => addNumber(network, NumberShape.parse({ name: 'Acme', ...wanted }));
  return {
    ...simulator,
    url,
    control,
    script,
    addMeta: (wanted: Partial<NewNumber> = {}) => added({ ...wanted, provider: 'meta' }) as MetaNumber,
    addTwilio: (wanted: Partial<NewNumber> = {}) => added({ ...wanted, provider: 'twilio' }) as TwilioNumber,
    addCustomer: (phone = CUSTOMER, name = 'Ana') => addPhone(network, { phone, name }),
    /** The customer does something on a number. */
    act: (number: { id: string }, what: Record<string, unknown>, phone = CUSTOMER) =>
      control('POST', `/phones/${phone}/chats/${number.id}`, what),
    chat: async (number: { id: string }, phone = CUSTOMER) => {
      const { body } = await control('GET', `/phones/${phone}/chats/${number.id}`);
      return body?.messages as Record<string, unknown>[];
    },
    close: () => simulator.app.close(),
  };
}

export type RunningSimulator = Awaited<ReturnType<typeof startSimulator>>;
