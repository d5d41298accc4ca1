import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { conversationNotFound } from '../../plugins/errors.ts';
import { answerPage, listQuery, pageOf } from '../../plugins/paging.ts';
import type { NoteRow, NoteStore } from '../../storage/notes.ts';
import type { ConversationStore } from './store.ts';

interface Options {
  notes: Pick<NoteStore, 'list'>;
  conversations: Pick<ConversationStore, 'find'>;
}

const NoteShape = z.object({
  id: z.string(),
  conversationId: z.string(),
  author: z.object({ kind: z.enum(['bot', 'user', 'api']), id: z.string().nullable(), name: z.string().nullable() }),
  text: z.string(),
  createdAt: z.string(),
});

/** Words for agents only: no provider ever gets them. */
export const notesRoutes: FastifyPluginAsyncZod<Options> = async (app, { notes, conversations }) => {
  const list = {
    params: z.object({ id: z.string() }),
    querystring: listQuery(['createdAt']),
    response: { 200: pageOf(NoteShape) },
    tags: ['conversations'],
    summary: 'The notes of a conversation, newest first',
  };
  app.get('/:id/notes', { config: { access: 'whatsapp_chat:view' }, schema: list }, async (request) => {
    const { organization } = request.caller;
    const { id } = request.params;
    if (!(await conversations.find(organization, id))) throw conversationNotFound();
    return answerPage(notes.list(organization, id, request.query), present);
  });
};

const present = ({ _id, conversation, author, text, createdAt }: NoteRow): z.infer<typeof NoteShape> => ({
  id: _id,
  conversationId: conversation,
  author,
  text,
  createdAt: createdAt.toISOString(),
});
