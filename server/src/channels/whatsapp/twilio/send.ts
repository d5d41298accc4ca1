import type { Gateway } from '../gateway.ts';

interface Options {
  /** Where Twilio answers: every one of its hosts, where it is not Twilio's own. */
  apiUrl: string;
  /** Statuses come back to it. */
  publicUrl: string;
  fetch: typeof fetch;
}

/** Sends through Twilio's Programmable Messaging. */
export const twilioGateway =
  (_options: Options): Gateway =>
  async () => ({ kind: 'refused', code: 'whatsapp_not_configured', reason: 'Twilio is not wired yet.' });
