import { useState } from 'react';
import type { FlowDocument } from './document.ts';
import { useOpenFlow } from './use-document.ts';

export interface HeldText {
  text: string;
  /** What the document had when it was written: where that changed from elsewhere, the text is out of date. */
  over: string;
}

const kept = new WeakMap<FlowDocument, Map<string, HeldText>>();

/** A text that is no part of the document yet, by its place: it outlives the panel that it is written in, not the page. */
export function useHeldText(place: string): [HeldText | null, (held: HeldText | null) => void] {
  const { document } = useOpenFlow();
  const texts = kept.get(document) ?? new Map<string, HeldText>();
  kept.set(document, texts);
  const [, draw] = useState({});
  const hold = (held: HeldText | null) => {
    if (held) texts.set(place, held);
    else texts.delete(place);
    draw({});
  };
  return [texts.get(place) ?? null, hold];
}
