import { randomBytes } from 'node:crypto';
import type { z } from 'zod';
import type { NewChannelBody } from './shapes.ts';
import type { NewChannel } from './store.ts';

type Body = z.output<typeof NewChannelBody>;

/** What is kept of a channel that somebody connects. */
export function newChannel(id: string, organization: string, body: Body): NewChannel {
  const common = { id, organization, name: body.name, ...NOTHING };
  switch (body.provider) {
    case 'meta': {
      const { provider, phoneNumberId, businessAccountId, accessToken, appSecret } = body;
      const verifyToken = body.verifyToken ?? randomBytes(24).toString('base64url');
      const secrets = { accessToken, appSecret, verifyToken };
      return { ...common, provider, phoneNumberId, businessAccountId, secrets };
    }
    case 'twilio': {
      const { provider, accountSid, authToken, from, messagingServiceSid = null } = body;
      return { ...common, provider, address: from, accountSid, messagingServiceSid, secrets: { authToken } };
    }
    case 'simulator':
      return { ...common, provider: body.provider };
  }
}

const NOTHING = {
  address: null,
  phoneNumberId: null,
  businessAccountId: null,
  accountSid: null,
  messagingServiceSid: null,
  secrets: null,
};
