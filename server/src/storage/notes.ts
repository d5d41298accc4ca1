import type { Connection } from 'mongoose';
import { type Index, isDuplicate } from './indexes.ts';
import { type Page, type PageRequest, readPage } from './page.ts';
import { type TenantRow, tenantModel } from './tenancy.ts';

/** Words about a conversation that its contact never sees. */
export interface NoteRow extends TenantRow {
  conversation: string;
  author: { kind: 'bot' | 'user' | 'api'; id: string | null; name: string | null };
  text: string;
  createdAt: Date;
}

export const noteIndexes: Index[] = [
  { collection: 'notes', keys: { organization: 1, conversation: 1, createdAt: -1, _id: -1 } },
];

export type NoteStore = ReturnType<typeof createNoteStore>;

/** Notes of conversations: rows of their own, for a message is what a provider may be asked to send. */
export function createNoteStore(connection: Connection) {
  const notes = tenantModel<NoteRow>(connection, 'notes', {
    organization: String,
    conversation: { type: String, required: true },
    author: { type: Object, required: true },
    text: { type: String, required: true },
    createdAt: { type: Date, required: true },
  });
  return {
    /** The same id again adds nothing. */
    async add(note: NoteRow): Promise<void> {
      try {
        await notes.create(note);
      } catch (error) {
        if (!isDuplicate(error)) throw error;
      }
    },

    list: (organization: string, conversation: string, page: PageRequest): Promise<Page<NoteRow>> =>
      readPage(notes, { organization, conversation }, page, { search: ['text'] }),
  };
}
