import { vi } from 'vitest';
import type { WatchedPage } from './browser.ts';

/** What a person does on the phone: writes, presses a button by its id, or sends a picture with the text below it. */
export interface Said {
  from: string;
  name: string;
  text?: string;
  button?: string;
  picture?: Buffer;
}

/** A published flow and a simulator's number: messages that go the way of every webhook. */
export async function openTraffic({ page }: WatchedPage, document: object) {
  const headers = { origin: new URL(page.url()).origin };
  const ask = async (method: 'get' | 'post' | 'put', path: string, data?: object) => {
    const answer = await page.request[method](path, { headers, ...(data && { data }) });
    if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${await answer.text()}`);
    return answer.json();
  };
  const { id: channel } = await ask('post', '/api/channels', { provider: 'simulator', name: 'Trial' });
  const { id: flow } = await ask('post', '/api/flows', { document });
  await ask('post', `/api/flows/${flow}/publish`, {});
  const outbound = async (from: string): Promise<number> =>
    (await ask('get', `/api/channels/${channel}/outbound?${new URLSearchParams({ to: from })}`)).items.length;

  async function upload(buffer: Buffer) {
    const file = { name: 'picture.png', mimeType: 'image/png', buffer };
    const answer = await page.request.post('/api/media', { headers, multipart: { file } });
    if (!answer.ok()) throw new Error(`media: ${answer.status()} ${await answer.text()}`);
    return { id: (await answer.json()).id, contentType: file.mimeType, filename: file.name };
  }

  /** Resolves when the bot has answered with so many messages; the conversation's id. */
  async function write({ from, name, text, button, picture }: Said, answers = 1): Promise<string> {
    const before = await outbound(from);
    const type = button === undefined ? 'text' : 'button';
    const said = picture ? { type: 'image', media: await upload(picture), text } : { type, payload: button, text };
    const { conversationId } = await ask('post', `/api/channels/${channel}/inbound`, { from, name, ...said });
    await vi.waitUntil(async () => (await outbound(from)) >= before + answers, PATIENCE);
    return conversationId;
  }

  /** Resolves when the flow's numbers hold so many sessions, and so many that came to their end. */
  async function counted(sessions: number, done: number): Promise<void> {
    await vi.waitUntil(async () => {
      const counts = await ask('get', `/api/flows/${flow}/counts`);
      return counts.sessions >= sessions && (counts.ended.done ?? 0) >= done;
    }, PATIENCE);
  }

  return { flow: flow as string, channel: channel as string, ask, write, counted };
}

/** Between two looks, and until it has failed: as long as the browser's own patience. In ms. */
const PATIENCE = { interval: 50, timeout: 90_000 };
