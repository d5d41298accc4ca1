import type { Gateway } from '../gateway.ts';
import { metaGateway } from '../meta/send.ts';
import { createTrialPhones, type TrialPhonesOptions } from './trial-phones.ts';

const NO_GRAPH = 'https://graph.invalid'; // nothing leaves this process
const NO_SECRETS = { accessToken: 'simulated', appSecret: 'simulated', verifyToken: 'simulated' };

/** The provider of trials: everything goes out as over Meta, to the simulator's phones in this process. */
export function simulatorGateway(options: TrialPhonesOptions): Gateway {
  const answer = createTrialPhones(options);
  return async (request) => {
    const { channel, signal } = request;
    if (channel.provider !== 'simulator')
      return { kind: 'refused', code: 'whatsapp_not_configured', reason: 'This channel is no simulator.' };
    const send = metaGateway({ graphUrl: NO_GRAPH, fetch: () => answer(channel, request, signal) });
    return send({
      ...request,
      channel: { ...channel, provider: 'meta', phoneNumberId: channel.id, secrets: NO_SECRETS },
    });
  };
}
