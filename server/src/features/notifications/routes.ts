import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Caller } from '../../plugins/auth.ts';
import { notificationNotFound, sessionsOnly } from '../../plugins/errors.ts';
import { answerPage, listQuery, pageOf } from '../../plugins/paging.ts';
import type { NotificationRow, NotificationStore } from '../../storage/notifications.ts';

const NotificationShape = z.object({
  id: z.string(),
  text: z.string(),
  team: z.string().nullable(),
  conversationId: z.string().nullable(),
  contactId: z.string().nullable(),
  createdAt: z.string(),
  readAt: z.string().nullable(),
});

const tags = ['notifications'];
const query = listQuery(['createdAt']).extend({ unread: z.enum(['true', 'false']).default('false') });

/** What flows tell people. Each sees their own; a program with a key is nobody and sees none. */
export const notificationRoutes: FastifyPluginAsyncZod<{ notifications: NotificationStore }> = async (
  app,
  { notifications },
) => {
  const list = {
    querystring: query,
    response: { 200: pageOf(NotificationShape) },
    tags,
    summary: 'What you were told, newest first',
  };
  app.get('', { config: { access: 'signed-in' }, schema: list }, async ({ caller, query }) => {
    const { unread, ...page } = query;
    return answerPage(notifications.list(caller.organization, userOf(caller), unread === 'true', page), present);
  });

  const read = {
    params: z.object({ id: z.string() }),
    response: { 200: NotificationShape },
    tags,
    summary: 'Mark one as read',
  };
  app.post('/:id/read', { config: { access: 'signed-in' }, schema: read }, async ({ caller, params }) => {
    const row = caller.user && (await notifications.read(caller.organization, caller.user.id, params.id));
    if (!row) throw notificationNotFound();
    return present(row);
  });
};

function userOf({ user }: Caller): string {
  if (!user) throw sessionsOnly();
  return user.id;
}

const present = (row: NotificationRow): z.infer<typeof NotificationShape> => ({
  id: row._id,
  text: row.text,
  team: row.team,
  conversationId: row.conversation,
  contactId: row.contact,
  createdAt: row.createdAt.toISOString(),
  readAt: row.readAt?.toISOString() ?? null,
});
