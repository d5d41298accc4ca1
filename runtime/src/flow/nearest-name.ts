/** Letters. Longer names are nobody's slip; the bound keeps hostile documents cheap. */
const MAX_LENGTH = 64;
/** Letters that may be wrong; of a short name a third of it. */
const MAX_SLIPS = 3;

/** The one of `names` that somebody who wrote `given` may have meant, or null where none is near. Capitals do not count. */
export function nearestName(given: string, names: readonly string[]): string | null {
  if (given.length > MAX_LENGTH) return null;
  const wanted = given.toLowerCase();
  let nearest: string | null = null;
  let fewest = Math.min(MAX_SLIPS, Math.max(1, Math.floor(given.length / 3))) + 1;
  for (const name of names) {
    if (Math.abs(name.length - given.length) >= fewest) continue;
    const slips = slipsBetween(wanted, name.toLowerCase(), fewest);
    if (slips < fewest) [nearest, fewest] = [name, slips];
  }
  return nearest;
}

/** ` Did you mean timezone?`, or nothing. */
export function didYouMean(given: string, names: readonly string[]): string {
  const nearest = nearestName(given, names);
  return nearest === null ? '' : ` Did you mean ${nearest}?`;
}

/** How many letters were left out, added, mistaken or swapped with their neighbour (optimal string alignment); `enough` of them end the count. */
function slipsBetween(one: string, other: string, enough: number): number {
  let before: number[] = [];
  let above = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let row = 1; row <= one.length; row += 1) {
    const line = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const same = one[row - 1] === other[column - 1];
      const steps = [at(above, column) + 1, at(line, column - 1) + 1, at(above, column - 1) + (same ? 0 : 1)];
      const swapped = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      line.push(Math.min(...steps, swapped ? at(before, column - 2) + 1 : Infinity));
    }
    if (Math.min(...line) >= enough && Math.min(...above) >= enough) return enough;
    [before, above] = [above, line];
  }
  return at(above, other.length);
}

const at = (line: readonly number[], column: number): number => line[column] ?? Infinity;
