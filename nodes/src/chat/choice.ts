import { fold, type Received, valueToNumber, type WaitContext } from '@parley/runtime';
import { westernDigits } from './digits.ts';
import { heard, type Listening, notExpected } from './listening.ts';

export interface Choice {
  id: string;
  title: string;
  /** False where several choices have this title, so that its words name none. */
  spoken?: boolean;
  /** Where it leads, if not by its id. */
  port?: string;
}

/** A reply counts by id (a tap), by title (folded) or, if they are `numbered`, by its number; null where it is none of them. */
export function chosen(
  choices: readonly Choice[],
  { payload, text }: { payload: string | null; text: string | null },
  numbered = true,
): Choice | null {
  const byId = payload === null ? undefined : choices.find((choice) => choice.id === payload);
  if (byId) return byId;
  if (text === null) return null;
  const said = fold(text);
  const byTitle = choices.find(
    ({ id, title, spoken = true }) => (spoken && fold(title) === said) || id === text.trim(),
  );
  if (byTitle || !numbered) return byTitle ?? null;
  const counted = westernDigits(said);
  const number = /^\d{1,3}\.?$/.test(counted) ? valueToNumber(counted.replace('.', '')) : null;
  return number === null ? null : (choices[number - 1] ?? null);
}

/** The same words often stand on several cards or rows: then they name none, and only the tap or the number counts. */
export function told(choices: readonly Choice[]): Choice[] {
  const count = new Map<string, number>();
  for (const { title } of choices) count.set(fold(title), (count.get(fold(title)) ?? 0) + 1);
  return choices.map((choice) => (count.get(fold(choice.title)) === 1 ? choice : { ...choice, spoken: false }));
}

/**
 * What buttons, lists and cards do with a reply: the choice's port, and what it was kept under `saveAs` and `saveIdAs`;
 * else `other`; without that, ask once more, then fail visibly.
 */
export function receiveChoice(
  ctx: WaitContext<Listening & { saveAs?: string; saveIdAs?: string }>,
  choices: readonly Choice[],
  { keep = 'title', numbered = true }: { keep?: 'title' | 'id'; numbered?: boolean } = {},
): Received {
  return heard(ctx, (message) => {
    const choice = chosen(choices, message, numbered);
    if (!choice) return notExpected(ctx, 'none of the choices');
    const { saveAs, saveIdAs } = ctx.config;
    const set = { ...(saveAs && { [saveAs]: choice[keep] }), ...(saveIdAs && { [saveIdAs]: choice.id }) };
    return { port: choice.port ?? choice.id, set };
  });
}
