import type { Flow, FlowNode, NodeTypes } from '@parley/runtime';
import { isSetting, placesOf, type TextPlace } from './text-places.ts';

export interface Wanted {
  text: string;
  matchCase: boolean;
  wholeWord: boolean;
  /** Where to look. */
  inTexts: boolean;
  inVariables: boolean;
}

export interface Match {
  key: string;
  place: TextPlace;
  text: string;
  start: number;
  end: number;
  node: FlowNode | undefined;
}

const MOST = 2_000; // matches that are listed; "e" is in every text
const TEMPLATE = /\{\{[\s\S]*?\}\}/g;

/** Every place of the flow that holds the text, in the order of the flow. */
export function findMatches(flow: Flow, nodeTypes: NodeTypes, wanted: Wanted): Match[] {
  const pattern = patternOf(wanted);
  if (!pattern) return [];
  const nodes = new Map(flow.nodes.map((node) => [node.id, node]));
  const found: Match[] = [];
  for (const { place, text } of placesOf(flow, nodeTypes)) {
    for (const match of text.matchAll(pattern)) {
      const [start, end] = [match.index, match.index + match[0].length];
      if (!(isInVariable(place, text, start) ? wanted.inVariables : wanted.inTexts)) continue;
      const node = 'node' in place ? nodes.get(place.node) : undefined;
      found.push({ key: `${JSON.stringify(place)} ${start}`, place, text, start, end, node });
      if (found.length === MOST) return found;
    }
  }
  return found;
}

function patternOf({ text, matchCase, wholeWord }: Wanted): RegExp | null {
  if (text === '') return null;
  const letters = text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  const source = wholeWord ? `(?<![\\p{L}\\p{N}_])${letters}(?![\\p{L}\\p{N}_])` : letters;
  return new RegExp(source, matchCase ? 'gu' : 'giu');
}

/** Between braces, and where a field holds nothing but a variable's name. */
function isInVariable(place: TextPlace, text: string, at: number): boolean {
  if (place.kind === 'variable' || isSetting(place)) return true;
  for (const { index, 0: template } of text.matchAll(TEMPLATE))
    if (index <= at && at < index + template.length) return true;
  return false;
}
