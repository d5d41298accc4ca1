import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { writeAsPhone } from '../../api/channels.ts';
import { findConversationOf, giveBack, type Message, readMessages } from '../../api/conversations.ts';
import { readLastSteps } from '../../api/counts.ts';
import { phoneStateOf } from './phone-state.ts';

const LOOK_EVERY = 2_000; // ms, while the phone is open
const LOOK_SOON = 500; // ms, while what was just written is not in the conversation yet

/** What is written as the customer. */
export interface Written {
  type: 'text' | 'button';
  text: string;
  payload?: string;
}

/** What stands in a chat: a message, or what was just written and is on its way. */
export type Line = Pick<Message, 'id' | 'direction' | 'type' | 'text' | 'attachments' | 'interactive' | 'error'>;

/** The conversation of one customer with a trial channel; `phone` is null while it is not a number, `name` may be empty. */
export function useTrialPhone(channel: string, phone: string | null, name: string) {
  const client = useQueryClient();
  const [sent, setSent] = useState<readonly Line[]>([]);
  const key = ['trial phone', channel, phone];

  const read = useQuery({
    queryKey: key,
    queryFn: () => readTalk(channel, phone ?? ''),
    enabled: phone !== null,
    refetchInterval: (query) => (onItsWay(sent, query.state.data?.messages).length > 0 ? LOOK_SOON : LOOK_EVERY),
  });
  const { conversation = null, messages = [], state = null } = read.data ?? {};

  const writing = useMutation({
    scope: { id: key.join(' ') }, // one after the other: in the order in which they were written
    mutationFn: (message: Written) => writeAsPhone(channel, { from: phone ?? '', ...(name && { name }), ...message }),
    onSuccess: ({ messageId }, { text }) => {
      setSent((before) => [...before, lineOf(messageId, text)]);
      return client.invalidateQueries({ queryKey: key });
    },
  });
  const returning = useMutation({
    mutationFn: giveBack,
    onSettled: () => client.invalidateQueries({ queryKey: key }),
  });

  return {
    lines: [...messages, ...onItsWay(sent, messages)] as readonly Line[],
    conversation: conversation?.id ?? null,
    state,
    trouble: writing.error ?? returning.error ?? read.error,
    isRead: read.isFetched,
    isWriting: writing.isPending,
    isReturning: returning.isPending,
    write: (message: Written, onError?: () => void) => writing.mutate(message, { ...(onError && { onError }) }),
    giveBack: () => conversation && returning.mutate(conversation.id),
    /** Another customer writes now. */
    forget: () => setSent([]),
  };
}

async function readTalk(channel: string, phone: string) {
  const conversation = await findConversationOf(channel, phone);
  if (!conversation) return { conversation, messages: [], state: null };
  const messages = await readMessages(conversation.id);
  // The steps last: they are to hold what became of the newest message
  return { conversation, messages, state: phoneStateOf(conversation, messages, await readLastSteps(conversation.id)) };
}

/** What was written and is not among the messages yet. */
const onItsWay = (sent: readonly Line[], messages: readonly { id: string }[] = []): readonly Line[] =>
  sent.filter(({ id }) => !messages.some((message) => message.id === id));

const lineOf = (id: string, text: string): Line => ({
  id,
  direction: 'INBOUND',
  type: 'TEXT',
  text,
  attachments: [],
  interactive: null,
  error: null,
});
