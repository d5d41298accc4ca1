import type { MarkRead } from '../gateway.ts';

interface Options {
  apiUrl: string;
  fetch: typeof fetch;
}

export const twilioReader =
  (_options: Options): MarkRead =>
  async () =>
    'Twilio is not wired yet.';
