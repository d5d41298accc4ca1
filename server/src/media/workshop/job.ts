import type { MediaKind } from '../kinds.ts';

/** What is known of a file after a look inside. */
export interface Facts {
  contentType: string;
  /** Pixels. */
  width: number | null;
  height: number | null;
  /** Seconds. */
  duration: number | null;
  animated: boolean;
  /** A small picture was written beside it. */
  thumbnail: boolean;
}

interface Place {
  path: string;
  /** Where the thumbnail goes. */
  thumbnail: string;
  filename: string | null;
}

/**
 * Work on a file that a stranger sent. `look` tells what it is and never refuses; `fit` also makes of it what WhatsApp
 * takes, written to `to` where the file itself will not do.
 */
export type Job = ({ kind: 'look' } & Place) | ({ kind: 'fit'; to: string; as: MediaKind | null } & Place);

export type RefusalCode = 'attachment_type' | 'attachment_too_large';

export type JobEnd =
  /** `made`: what counts lies in `to`. `note`: what was changed, for whoever sent it. */
  | { kind: 'done'; facts: Facts; made: boolean; note: string | null }
  | { kind: 'refused'; code: RefusalCode; words: string }
  /** A moving picture that only an encoder of films can turn into one. */
  | { kind: 'needs-encoder' };

export const refused = (words: string, code: RefusalCode = 'attachment_type'): JobEnd => ({
  kind: 'refused',
  code,
  words,
});

export const facts = (contentType: string, known: Partial<Facts> = {}): Facts => ({
  contentType,
  width: null,
  height: null,
  duration: null,
  animated: false,
  thumbnail: false,
  ...known,
});
