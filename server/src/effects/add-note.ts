import type { Perform } from '../engine/performers.ts';
import { derivedId } from '../storage/ids.ts';
import type { NoteStore } from '../storage/notes.ts';

export const addNote =
  (notes: Pick<NoteStore, 'add'>, now: () => Date): Perform<'conversation.note'> =>
  async ({ text }, { id, conversation: { _id, organization } }) => {
    const author = { kind: 'bot' as const, id: null, name: 'Bot' };
    await notes.add({ _id: derivedId('not', id), organization, conversation: _id, author, text, createdAt: now() });
    return null;
  };
