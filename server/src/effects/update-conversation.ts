import type { DeedStore } from '../engine/deed-store.ts';
import type { Perform } from '../engine/performers.ts';
import type { AccountStore } from '../storage/accounts.ts';

/** Who looks after the conversation, and how it is sorted. An assignee who is unknown leaves the rest to be done. */
export const updateConversation =
  (deeds: DeedStore, accounts: Pick<AccountStore, 'memberNamed'>): Perform<'conversation.update'> =>
  async ({ assignee, team, labels, priority }, { id, conversation }) => {
    const user = assignee ? await accounts.memberNamed(conversation.organization, assignee) : null;
    const unknown = Boolean(assignee) && !user;
    const set = {
      ...(assignee !== undefined && !unknown && { assignee: user?.id ?? null }),
      ...(team !== undefined && { team }),
      ...(priority !== undefined && { priority }),
    };
    const refused = await deeds.sort(conversation, id, set, labels ?? { add: [], remove: [] });
    return unknown ? `Nobody of this organization is ${assignee}. Give a user's id or e-mail.` : refused;
  };
