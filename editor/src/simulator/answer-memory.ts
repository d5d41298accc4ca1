import type { HttpReply, HttpRequest } from '@parley/runtime';
import { type Answer, askedOf } from './talk/turn.ts';

/** What a person answered for another system, to be offered when the same address is asked again. */
export interface KeptAnswer {
  status: number;
  /** As it was written: usually JSON. */
  text: string;
  /** Given without asking. */
  isAutomatic: boolean;
}

type Texts = Pick<Storage, 'getItem' | 'setItem'>;

const MAX_KEPT = 50; // addresses of one flow; the oldest is forgotten
const keyOf = (flow: string) => `parley.answers.${flow}`;

export type AnswerMemory = ReturnType<typeof createAnswerMemory>;

/** Kept in this browser, flow by flow. */
export function createAnswerMemory(flow: string, texts: Texts) {
  const kept = new Map<string, KeptAnswer>(Object.entries(read(texts, flow)));

  function write(): void {
    try {
      texts.setItem(keyOf(flow), JSON.stringify(Object.fromEntries(kept)));
    } catch {
      // No room in this browser: then it is remembered as long as the page is open
    }
  }

  return {
    find: (request: HttpRequest): KeptAnswer | null => kept.get(askedOf(request)) ?? null,
    keep(request: HttpRequest, answer: KeptAnswer): void {
      kept.delete(askedOf(request));
      kept.set(askedOf(request), answer);
      for (const oldest of [...kept.keys()].slice(0, Math.max(kept.size - MAX_KEPT, 0))) kept.delete(oldest);
      write();
    },
    /** The answers that are given without asking. */
    automatic(request: HttpRequest): Answer | null {
      const found = kept.get(askedOf(request));
      return found?.isAutomatic ? { match: askedOf(request), reply: replyOf(found) } : null;
    },
    automaticCount: (): number => [...kept.values()].filter(({ isAutomatic }) => isAutomatic).length,
    /** From now on every address asks again. */
    askAgain(): void {
      for (const [asked, answer] of kept) kept.set(asked, { ...answer, isAutomatic: false });
      write();
    },
  };
}

/** A text that is no JSON is an answer too: pages and plain words come back from real systems. */
export function replyOf({ status, text }: Pick<KeptAnswer, 'status' | 'text'>): HttpReply {
  const trimmed = text.trim();
  try {
    return { status, headers: {}, text: trimmed, json: trimmed === '' ? null : JSON.parse(trimmed) };
  } catch {
    return { status, headers: {}, text: trimmed, json: null };
  }
}

function read(texts: Texts, flow: string): Record<string, KeptAnswer> {
  try {
    const value: unknown = JSON.parse(texts.getItem(keyOf(flow)) ?? '{}');
    if (typeof value !== 'object' || value === null) return {};
    return Object.fromEntries(Object.entries(value).filter(([, one]) => isKept(one)));
  } catch {
    return {};
  }
}

const isKept = (value: unknown): value is KeptAnswer =>
  typeof value === 'object' &&
  value !== null &&
  'status' in value &&
  typeof value.status === 'number' &&
  'text' in value &&
  typeof value.text === 'string';
