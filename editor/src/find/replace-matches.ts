import type { Edit, Flow } from '@parley/runtime';
import { replacedAt } from '../document/paste.ts';
import type { Match } from './find-matches.ts';
import type { TextPlace } from './text-places.ts';

/** Edits that put another text in the place of the matches. A declared variable is left: it is renamed as a whole. */
export function replaceMatches(flow: Flow, matches: readonly Match[], by: string): Edit[] {
  const places = Map.groupBy(
    matches.filter(({ place }) => place.kind !== 'variable'),
    ({ place }) => JSON.stringify(place),
  );
  const configs = new Map<string, unknown>();
  const edits: Edit[] = [];
  for (const found of places.values()) {
    const [first] = found;
    if (!first) continue;
    const text = replaced(first.text, found, by);
    const { place } = first;
    if (place.kind === 'config') {
      const before = configs.get(place.node) ?? flow.nodes.find(({ id }) => id === place.node)?.config;
      configs.set(place.node, replacedAt(before, place.path, text));
    } else edits.push(...otherEdit(flow, place, text));
  }
  for (const [id, config] of configs) edits.push({ edit: 'setConfig', id, config: config as Record<string, unknown> });
  return edits;
}

/** From the last to the first, so that the places before stay where they are. */
const replaced = (text: string, found: readonly Match[], by: string): string =>
  [...found]
    .sort((one, other) => other.start - one.start)
    .reduce((at, { start, end }) => at.slice(0, start) + by + at.slice(end), text);

function otherEdit(flow: Flow, place: TextPlace, text: string): Edit[] {
  switch (place.kind) {
    case 'name':
      // A bot without a name could not be found in any list
      return text.trim() === '' ? [] : [{ edit: 'rename', name: text }];
    case 'label':
      return [{ edit: 'setLabel', id: place.node, label: text === '' ? null : text }];
    case 'translation':
      return [{ edit: 'setTranslation', language: place.language, key: place.key, text: text === '' ? null : text }];
    case 'note':
      return flow.layout.notes
        .filter(({ id }) => id === place.note)
        .map((note) => ({ edit: 'setNote', note: { ...note, text } }));
    case 'group':
      return flow.layout.groups.flatMap((group, index): Edit[] =>
        group.id === place.group
          ? [
              { edit: 'ungroup', id: group.id },
              { edit: 'group', group: { ...group, title: text }, index },
            ]
          : [],
      );
    default:
      return [];
  }
}
