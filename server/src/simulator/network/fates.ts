import type { Clock } from './clock.ts';
import type { Failure, Message, Status, Telling } from './model.ts';
import type { Play } from './script.ts';

/** What a message has to be for a fate. */
export type Faring = Pick<Message, 'kind' | 'voice' | 'status' | 'failure'>;
export type StatusTelling<One> = Omit<Extract<Telling, { kind: 'status' }>, 'message'> & { message: One };

export interface FatesDeps<Owner, One> {
  clock: Pick<Clock, 'now' | 'later'>;
  play: Pick<Play, 'script'>;
  random: () => number;
  tell(number: Owner, telling: StatusTelling<One>): void;
  changed(message: One): void;
}

const RANK: Partial<Record<Status, number>> = { sent: 1, delivered: 2, read: 3 };

/** What becomes of a message of the business: told in the script's order, late, twice, or not at all. */
export function createFates<Owner extends { provider: string }, One extends Faring>({
  clock,
  play,
  random,
  tell,
  changed,
}: FatesDeps<Owner, One>) {
  function reach(message: One, status: Status) {
    if (message.status === 'failed' || message.status === 'canceled') return;
    if ((RANK[status] ?? 0) <= (RANK[message.status] ?? 0)) return;
    message.status = status;
    changed(message);
  }

  function announce(number: Owner, message: One, words: (Status | 'played')[]) {
    const { order, delayMs, duplicate } = play.script.statuses;
    const told = order === 'shuffled' ? shuffled(words, random) : words;
    told.forEach((status, place) => {
      clock.later(delayMs * (place + 1), () => {
        if (status !== 'played') reach(message, status);
        const telling = { kind: 'status', message, status, failure: null, at: clock.now() } as const;
        tell(number, telling);
        if (duplicate) tell(number, telling);
      });
    });
  }

  return {
    fail: (number: Owner, message: One, failure: Failure) => {
      clock.later(play.script.statuses.delayMs, () => {
        message.status = 'failed';
        message.failure = failure;
        changed(message);
        tell(number, { kind: 'status', message, status: 'failed', failure, at: clock.now() });
      });
    },

    /** Takes its way to the phone. A reaction is only ever `sent`. */
    arrive: (number: Owner, message: One) => {
      const { delivered, read } = play.script.statuses;
      const words: Status[] = ['sent'];
      if (delivered && message.kind !== 'reaction') words.push('delivered');
      if (delivered && read === 'at-once' && message.kind !== 'reaction') words.push('read');
      announce(number, message, words);
    },

    /** The customer has opened the chat. */
    readBy: (number: Owner, message: One) => {
      if (message.status === 'failed' || message.status === 'read' || message.kind === 'reaction') return;
      const voiced = message.kind === 'audio' && message.voice && number.provider === 'meta';
      const shown: Status[] = message.status === 'delivered' ? ['read'] : ['delivered', 'read'];
      announce(number, message, voiced ? [...shown, 'played'] : shown);
    },
  };
}

function shuffled<Item>(items: Item[], random: () => number): Item[] {
  const left = [...items];
  const taken: Item[] = [];
  while (left.length > 0) taken.push(...left.splice(Math.floor(random() * left.length), 1));
  // As drawn it may be in order: then the last comes first, so that "shuffled" always is
  return taken.length > 1 && taken.every((item, place) => item === items[place]) ? taken.reverse() : taken;
}
