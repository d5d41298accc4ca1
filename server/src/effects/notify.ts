import type { Perform } from '../engine/performers.ts';
import type { AccountStore } from '../storage/accounts.ts';
import { derivedId } from '../storage/ids.ts';
import type { NotificationStore } from '../storage/notifications.ts';

const MOST = 200; // people told at once: a row each

/** One user, a team, or with neither the admins. Nobody is in a team yet: what is meant for one reaches everybody. */
export const notify =
  (
    notifications: Pick<NotificationStore, 'add'>,
    accounts: Pick<AccountStore, 'memberNamed' | 'memberIds'>,
  ): Perform<'notification.create'> =>
  async ({ user, team, text }, { id, conversation }) => {
    const { organization, _id, contact } = conversation;
    const named = user === null ? null : await accounts.memberNamed(organization, user);
    if (user !== null && !named) return `Nobody of this organization is ${user}. Give a user's id or e-mail.`;
    const told = named ? [named.id] : await accounts.memberIds(organization, team === null ? 'admin' : null, MOST);
    for (const one of told) {
      const row = { organization, user: one, team, text, conversation: _id, contact };
      await notifications.add({ _id: derivedId('ntf', `${id}\n${one}`), ...row });
    }
    return told.length === 0 ? 'There is nobody to tell.' : null;
  };
