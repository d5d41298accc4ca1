import type { DeedStore } from '../engine/deed-store.ts';
import type { Performers } from '../engine/performers.ts';
import type { EngineStore } from '../engine/store.ts';
import type { AccountStore } from '../storage/accounts.ts';
import type { ContactStore } from '../storage/contacts.ts';
import type { NoteStore } from '../storage/notes.ts';
import type { NotificationStore } from '../storage/notifications.ts';
import { addNote } from './add-note.ts';
import { emitEvent } from './emit-event.ts';
import { groupContact } from './group-contact.ts';
import { markRead, type Readers } from './mark-read.ts';
import { notify } from './notify.ts';
import { recordConsent } from './record-consent.ts';
import { startFlow } from './start-flow.ts';
import { tagContact } from './tag-contact.ts';
import { updateContact } from './update-contact.ts';
import { updateConversation } from './update-conversation.ts';

export interface EffectDeps {
  contacts: ContactStore;
  accounts: AccountStore;
  notes: NoteStore;
  notifications: NotificationStore;
  deeds: DeedStore;
  events: Pick<EngineStore, 'accept'>;
  readers: Readers;
  now: () => Date;
}

/** Every effect but sends (the outbox) and the change of who speaks (the commit itself). */
export const createPerformers = (deps: EffectDeps): Performers => ({
  'message.read': markRead(deps.readers),
  'conversation.update': updateConversation(deps.deeds, deps.accounts),
  'conversation.note': addNote(deps.notes, deps.now),
  'notification.create': notify(deps.notifications, deps.accounts),
  'contact.update': updateContact(deps.contacts),
  'contact.tag': tagContact(deps.contacts),
  'contact.group': groupContact(deps.contacts),
  'contact.consent': recordConsent(deps.contacts),
  'flow.start': startFlow(deps.events, deps.now),
  'event.emit': emitEvent(deps.events, deps.now),
});
