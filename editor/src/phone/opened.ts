import type { PhoneMessage } from './control.ts';

/** What the next text is about. */
export type About = { kind: 'reply' | 'edit'; message: PhoneMessage } | null;

export type FileKind = 'photo' | 'document' | 'voice' | 'audio' | 'sticker';

/** What the customer has begun to write. */
export interface Draft {
  about: About;
  text: string;
  file: { kind: FileKind; file: File } | null;
  /** It comes from an advert. */
  advert: boolean;
}

/** What lies over the chat. */
export type SheetOf =
  | { kind: 'list' | 'form'; message: PhoneMessage }
  /** `message`: the one that asks for the place. */
  | { kind: 'location'; message: PhoneMessage | null }
  | { kind: 'contact' };

/** What lies beside it. */
export type Panel = { kind: 'new-phone' | 'new-number' | 'trouble' | 'log' } | { kind: 'number'; id: string };
