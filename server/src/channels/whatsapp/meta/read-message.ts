import type { MarkRead } from '../gateway.ts';
import { markReadBody } from './body.ts';
import { GRAPH_VERSION } from './send.ts';

interface Options {
  graphUrl: string;
  fetch: typeof fetch;
}

export const metaReader =
  ({ graphUrl, fetch }: Options): MarkRead =>
  async ({ channel, messageId, typing, signal }) => {
    if (channel.provider !== 'meta' || !channel.secrets || !channel.phoneNumberId)
      return 'This channel has no access token.';
    try {
      const response = await fetch(`${graphUrl}/${GRAPH_VERSION}/${channel.phoneNumberId}/messages`, {
        method: 'POST',
        headers: { authorization: `Bearer ${channel.secrets.accessToken}`, 'content-type': 'application/json' },
        body: JSON.stringify(markReadBody(messageId, typing)),
        redirect: 'manual', // a redirect would carry the token to wherever it points
        signal,
      });
      await response.body?.cancel();
      return response.ok ? null : `Meta answered with status ${response.status}.`;
    } catch {
      return 'Meta gave no answer.';
    }
  };
