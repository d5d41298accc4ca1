import type { Connection } from 'mongoose';
import type { Index } from './indexes.ts';
import { isDuplicate } from './indexes.ts';
import { type Page, type PageRequest, readPage } from './page.ts';
import { type TenantRow, tenantModel } from './tenancy.ts';

/** Something that one person of the organization is told. */
export interface NotificationRow extends TenantRow {
  user: string;
  /** The team it was meant for, where it was not meant for this person alone. */
  team: string | null;
  text: string;
  /** Null where it is about a number or an account. */
  conversation: string | null;
  contact: string | null;
  createdAt: Date;
  readAt: Date | null;
}

export const notificationIndexes: Index[] = [
  { collection: 'notifications', keys: { organization: 1, user: 1, createdAt: -1, _id: -1 } },
  { collection: 'notifications', keys: { organization: 1, user: 1, readAt: 1, createdAt: -1, _id: -1 } },
  { collection: 'notifications', keys: { createdAt: 1 }, options: { expireAfterSeconds: 90 * 86_400 } },
];

export type NotificationStore = ReturnType<typeof createNotificationStore>;

export function createNotificationStore(connection: Connection, now: () => Date) {
  const notifications = tenantModel<NotificationRow>(connection, 'notifications', {
    organization: String,
    user: { type: String, required: true },
    team: { type: String, default: null },
    text: { type: String, required: true },
    conversation: { type: String, default: null },
    contact: { type: String, default: null },
    createdAt: { type: Date, required: true },
    readAt: { type: Date, default: null },
  });
  return {
    /** The same id again adds nothing. */
    async add(row: Omit<NotificationRow, 'createdAt' | 'readAt'>): Promise<void> {
      try {
        await notifications.create({ ...row, createdAt: now(), readAt: null });
      } catch (error) {
        if (!isDuplicate(error)) throw error;
      }
    },

    list: (organization: string, user: string, unread: boolean, page: PageRequest): Promise<Page<NotificationRow>> =>
      readPage(notifications, { organization, user, ...(unread && { readAt: null }) }, page, { search: ['text'] }),

    /** Null where it is nobody's, or another's. Read once, it keeps the first time. */
    async read(organization: string, user: string, id: string): Promise<NotificationRow | null> {
      await notifications.updateOne({ organization, user, _id: id, readAt: null }, { $set: { readAt: now() } });
      return notifications.findOne({ organization, user, _id: id }).lean<NotificationRow>();
    },
  };
}
