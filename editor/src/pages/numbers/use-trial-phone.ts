import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { type PhoneAct, writeAsPhone } from '../../api/channels.ts';
import { findConversationOf, giveBack, type Message, readMessages } from '../../api/conversations.ts';
import { readLastSteps } from '../../api/counts.ts';
import { errorWords } from '../../ui/error-words.ts';
import { phoneStateOf } from './phone-state.ts';

const LOOK_EVERY = 2_000; // ms, while the phone is open
const LOOK_SOON = 500; // ms, while what was just written is not in the conversation yet

/** What was written and is not in the conversation yet. */
export interface Sent {
  key: number;
  written: PhoneAct;
  /** The server's, once it has taken it. */
  messageId: string | null;
  /** Why it did not go out, in words. */
  refused: string | null;
}

/** The conversation of one customer with a trial channel; `phone` is null where it is not a number, `name` may be empty. */
export function useTrialPhone(channel: string, phone: string | null, name: string) {
  const client = useQueryClient();
  const [sent, setSent] = useState<readonly Sent[]>([]);
  const count = useRef(0);
  const key = ['trial phone', channel, phone];
  const refresh = () => client.invalidateQueries({ queryKey: key });
  const change = (key: number, to: Partial<Sent>) =>
    setSent((before) => before.map((one) => (one.key === key ? { ...one, ...to } : one)));

  const read = useQuery({
    queryKey: key,
    queryFn: () => readTalk(channel, phone ?? ''),
    enabled: phone !== null,
    refetchInterval: (query) =>
      onItsWay(sent, query.state.data?.messages).some(({ refused }) => refused === null) ? LOOK_SOON : LOOK_EVERY,
  });
  const { conversation = null, messages = [], state = null } = read.data ?? {};

  const writing = useMutation({
    scope: { id: key.join(' ') }, // one after the other: in the order in which they were written
    // Who writes goes along: another may stand in the fields before it is sent
    mutationFn: ({ written, from, name }: { key: number; written: PhoneAct; from: string; name: string }) =>
      writeAsPhone(channel, { from, ...(name && { name }) }, written),
    onSuccess: ({ messageId }, { key }) => {
      change(key, { messageId });
      return refresh();
    },
    onError: (error, { key }) => change(key, { refused: errorWords(error) }),
  });
  const returning = useMutation({ mutationFn: giveBack, onSettled: refresh });

  function write(written: PhoneAct): void {
    if (phone === null) return;
    const key = ++count.current;
    setSent((before) => [...before, { key, written, messageId: null, refused: null }]);
    writing.mutate({ key, written, from: phone, name });
  }

  return {
    messages: messages as readonly Message[],
    sent: onItsWay(sent, messages),
    conversation: conversation?.id ?? null,
    state,
    trouble: returning.error ?? read.error,
    isRead: read.isSuccess,
    isReturning: returning.isPending,
    write,
    writeAgain: ({ key, written }: Sent) => {
      setSent((before) => before.filter((one) => one.key !== key));
      write(written);
    },
    giveBack: () => conversation && returning.mutate(conversation.id),
  };
}

async function readTalk(channel: string, phone: string) {
  const conversation = await findConversationOf(channel, phone);
  if (!conversation) return { conversation, messages: [], state: null };
  const messages = await readMessages(conversation.id);
  // The steps last: they are to hold what became of the newest message
  return { conversation, messages, state: phoneStateOf(conversation, messages, await readLastSteps(conversation.id)) };
}

const onItsWay = (sent: readonly Sent[], messages: readonly { id: string }[] = []): readonly Sent[] =>
  sent.filter(({ messageId }) => !messages.some(({ id }) => id === messageId));
