import type { SavedChange } from '../api/versions.ts';

/** Autosave saves every few letters: what one person saved within this time is one thing to read about. */
const SITTING = 15 * 60_000; // ms

/** Savings of one sitting in one, the newest first, each place once. What was added and then changed was added. */
export function gatherSavings(changes: readonly SavedChange[]): SavedChange[] {
  const gathered: SavedChange[] = [];
  for (const change of changes) {
    const last = gathered.at(-1);
    if (last && isOneSitting(last, change))
      gathered[gathered.length - 1] = { ...last, places: united(change.places, last.places) };
    else gathered.push(change);
  }
  return gathered;
}

const isOneSitting = (later: SavedChange, earlier: SavedChange): boolean =>
  later.author === earlier.author &&
  later.at !== null &&
  earlier.at !== null &&
  Date.parse(later.at) - Date.parse(earlier.at) <= SITTING;

type Places = SavedChange['places'];

function united(earlier: Places, later: Places): Places {
  const places = new Map<string, Places[number]>();
  for (const place of [...earlier, ...later]) {
    const key = place.node ?? place.what;
    const known = places.get(key);
    if (known?.what === 'added' && place.what === 'removed') places.delete(key);
    else if (known?.what === 'added') places.set(key, { ...place, what: 'added' });
    else places.set(key, place);
  }
  return [...places.values()];
}
