/** A piece of a text: in both texts, only in the old one, or only in the new one. */
export interface Piece {
  kind: 'same' | 'removed' | 'added';
  text: string;
}

/** Texts of more words are shown whole, one after the other: the table below grows with the square. */
const MOST_WORDS = 1_000;

/** Which words of a text changed. The pieces without the added ones are the old text, without the removed ones the new. */
export function wordDifference(before: string, after: string): Piece[] {
  const [old, fresh] = [wordsOf(before), wordsOf(after)];
  if (old.length > MOST_WORDS || fresh.length > MOST_WORDS)
    return merged([
      { kind: 'removed', text: before },
      { kind: 'added', text: after },
    ]);
  const common = commonLengths(old, fresh);
  const at = (i: number, j: number) => common[i * (fresh.length + 1) + j] ?? 0;
  const pieces: Piece[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < fresh.length) {
    const [was, is] = [old[i], fresh[j]];
    if (was !== undefined && was === is) {
      pieces.push({ kind: 'same', text: was });
      i++;
      j++;
    } else if (was !== undefined && (is === undefined || at(i + 1, j) >= at(i, j + 1))) {
      pieces.push({ kind: 'removed', text: was });
      i++;
    } else {
      pieces.push({ kind: 'added', text: is ?? '' });
      j++;
    }
  }
  return merged(pieces);
}

/** Words and the spaces between them, in every script. */
const wordsOf = (text: string): string[] => text.match(/\s+|[\p{L}\p{N}\p{M}_'’]+|[^\s\p{L}\p{N}\p{M}_'’]/gu) ?? [];

/** For every pair of places, how many words the rests of both texts have in common, in order. */
function commonLengths(old: readonly string[], fresh: readonly string[]): Uint16Array {
  const width = fresh.length + 1;
  const table = new Uint16Array((old.length + 1) * width);
  for (let i = old.length - 1; i >= 0; i--)
    for (let j = fresh.length - 1; j >= 0; j--)
      table[i * width + j] =
        old[i] === fresh[j]
          ? (table[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(table[(i + 1) * width + j] ?? 0, table[i * width + j + 1] ?? 0);
  return table;
}

/** Neighbours of a kind are one piece; of what changed together, the old words stand before the new ones. */
function merged(pieces: readonly Piece[]): Piece[] {
  const result: Piece[] = [];
  for (const piece of pieces) {
    const [last, before] = [result.at(-1), result.at(-2)];
    if (piece.text === '') continue;
    if (last?.kind === piece.kind) result[result.length - 1] = { ...last, text: last.text + piece.text };
    else if (piece.kind === 'removed' && last?.kind === 'added') {
      if (before?.kind === 'removed') result[result.length - 2] = { ...before, text: before.text + piece.text };
      else result.splice(-1, 0, piece);
    } else result.push(piece);
  }
  return result;
}
