import { createStore } from '@xstate/store';
import type { ChatId, Control, CustomerAct, PhoneMessage, SimulatorState } from './control.ts';
import { wordsOf } from './control.ts';

/** All that the page shows of the simulator. */
export interface PhoneView {
  /** Null until it has answered once. */
  state: SimulatorState | null;
  chat: ChatId | null;
  /** Of the open chat, oldest first; null while they are fetched. */
  messages: PhoneMessage[] | null;
  /** The business writes. */
  typing: boolean;
  /** Why what is shown may be old. */
  offline: string | null;
  /** How often something was fetched, for panels that fetch more. */
  round: number;
}

export type PhoneStore = ReturnType<typeof createPhone>;

/** The phones as the simulator knows them. Nothing is guessed here: what was done shows when it has been fetched. */
export function createPhone(control: Control, isSeen: () => boolean) {
  const nothing: PhoneView = { state: null, chat: null, messages: null, typing: false, offline: null, round: 0 };
  const store = createStore({
    context: nothing,
    on: {
      opened: (view, { chat }: { chat: ChatId | null }) => ({ ...view, chat, messages: null, typing: false }),
      fetched: (view, { news }: { news: Partial<PhoneView> }) => ({
        ...view,
        ...news,
        offline: null,
        round: view.round + 1,
      }),
      failed: (view, { reason }: { reason: string }) => ({ ...view, offline: reason }),
    },
  });
  const view = () => store.getSnapshot().context;
  let running: Promise<void> | null = null;
  let again = false;

  async function fetchAll() {
    const { chat } = view();
    const [state, read] = await Promise.all([control.readState(), chat ? readOrNull(chat) : null]);
    // Another chat may have been opened meanwhile: its own fetch follows
    const isCurrent = sameChat(chat, view().chat);
    const ofChat = isCurrent && {
      messages: read && sameObjects(view().messages ?? [], read.messages),
      typing: read?.typing ?? false,
    };
    store.trigger.fetched({ news: { state, ...ofChat } });
    if (isCurrent && read && chat && isSeen() && unreadOf(state, chat) > 0) await control.markRead(chat);
  }

  /** Null: the phone or the number is gone, as after a reset. */
  const readOrNull = (chat: ChatId) => control.readChat(chat).catch(nullIfGone);

  /** Fetches everything that is shown. Calls that come while it runs lead to one more round. */
  function refresh(): Promise<void> {
    again = true;
    running ??= (async () => {
      while (again) {
        again = false;
        await fetchAll().catch((error: unknown) => store.trigger.failed({ reason: wordsOf(error) }));
      }
      running = null;
    })();
    return running;
  }

  return {
    store,
    refresh,
    open: (chat: ChatId | null): Promise<void> => {
      if (!sameChat(chat, view().chat)) store.trigger.opened({ chat });
      return refresh();
    },
    /** Does it in the open chat. Rejects with what the simulator refuses. */
    act: async (what: CustomerAct): Promise<{ told: boolean }> => {
      const { chat } = view();
      if (!chat) throw new Error('no chat is open');
      const done = await control.act(chat, what);
      await refresh();
      return done;
    },
  };
}

/** What has not changed stays the same object, so that it need not be drawn again. */
function sameObjects(before: readonly PhoneMessage[], now: PhoneMessage[]): PhoneMessage[] {
  const known = new Map(before.map((message) => [message.id, message]));
  return now.map((message) => {
    const old = known.get(message.id);
    return old && JSON.stringify(old) === JSON.stringify(message) ? old : message;
  });
}

const unreadOf = ({ phones }: SimulatorState, { phone, number }: ChatId): number =>
  phones.find((one) => one.phone === phone)?.chats.find((one) => one.number === number)?.unread ?? 0;

const sameChat = (one: ChatId | null, other: ChatId | null): boolean =>
  one?.phone === other?.phone && one?.number === other?.number;

function nullIfGone(error: unknown): null {
  if (typeof error === 'object' && error !== null && 'status' in error && error.status === 404) return null;
  throw error;
}
