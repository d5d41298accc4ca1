import { fold, type Received, valueToNumber, type WaitContext } from '@parley/runtime';
import { westernDigits } from './digits.ts';
import { heard, type Listening, notExpected } from './listening.ts';

export interface Choice {
  id: string;
  title: string;
  /** False where several choices have this title, so that its words name none. */
  spoken?: boolean;
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
  const byTitle = choices.find(
    ({ id, title, spoken = true }) => (spoken && fold(title) === said) || id === text.trim(),
  );
  if (byTitle) return byTitle;
  const counted = westernDigits(said);
  const number = /^\d{1,3}\.?$/.test(counted) ? valueToNumber(counted.replace('.', '')) : null;
  return number === null ? null : (choices[number - 1] ?? null);
}

/** What buttons, lists and cards do with a reply: the choice's port, else `other`; without that, ask once more, then fail visibly. */
export function receiveChoice(
  ctx: WaitContext<Listening & { saveAs?: string }>,
  choices: readonly Choice[],
  keep: 'title' | 'id' = 'title',
): Received {
  return heard(ctx, (message) => {
    const choice = chosen(choices, message);
    const { saveAs } = ctx.config;
    if (choice) return { port: choice.id, set: saveAs ? { [saveAs]: choice[keep] } : {} };
    return notExpected(ctx, 'none of the choices');
  });
}
