import { request } from './request.ts';

export interface FoundBot {
  id: string;
  name: string;
}

const MOST = 8; // more would push the commands out of sight

/** Bots whose name holds the words, the one that changed last first. */
export async function searchBots(words: string): Promise<readonly FoundBot[]> {
  const parameters = new URLSearchParams({ q: words, sort: '-updatedAt', limit: String(MOST) });
  const { items } = await request<{ items: FoundBot[] }>('GET', `/api/flows?${parameters}`);
  return items;
}
