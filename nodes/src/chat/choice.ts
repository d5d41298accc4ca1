import { type Context, fold, type Received, valueToNumber, type WaitContext } from '@parley/runtime';

export interface Choice {
  id: string;
  title: string;
}

/** A reply counts by id (a tap), by title (folded) or by its number; null where it is none of them. */
export function chosen(
  choices: readonly Choice[],
  { payload, text }: { payload: string | null; text: string | null },
): Choice | null {
  const byId = payload === null ? undefined : choices.find((choice) => choice.id === payload);
  if (byId) return byId;
  if (text === null) return null;
  const said = fold(text);
  const byTitle = choices.find((choice) => fold(choice.title) === said || choice.id === text.trim());
  if (byTitle) return byTitle;
  const number = /^\d{1,3}\.?$/.test(said) ? valueToNumber(said.replace('.', '')) : null;
  return number === null ? null : (choices[number - 1] ?? null);
}

/** What buttons and lists do with a reply: the choice's port, else `other`; without that, ask once more, then fail visibly. */
export function receiveChoice(ctx: WaitContext<unknown>, choices: readonly Choice[], saveAs?: string): Received {
  if (ctx.event.type !== 'message') return { stay: true };
  const choice = chosen(choices, ctx.event.message);
  if (choice) return { port: choice.id, set: saveAs ? { [saveAs]: choice.title } : {} };
  if (ctx.wired('other')) return { port: 'other' };
  if (ctx.asked === 0) return { again: true };
  return {
    fault: { code: 'not_understood', message: 'The reply was none of the choices, twice. Wire the port "other".' },
  };
}

export const timeoutOf = ({ timeout }: { timeout?: string }) => (timeout ? [{ name: 'timeout', after: timeout }] : []);

export type { Context };
