import { Binary, type Doc, doc, int } from '../bson/value.ts';
import { Refusal } from '../errors.ts';
import { known, LOGIN_COMMANDS } from '../shapes.ts';
import { beginExchange, type Exchange, type Login, secretsOf } from './scram.ts';

/** Where other users of the machine can connect, everybody has to show first that he knows the secret of this start. */

const STRANGERS = 100; // connections at once that have not logged in; drivers open one for each of their own
const LOGIN_WITHIN = 10_000; // ms; drivers log in at once
export const MAX_BEFORE_LOGIN = 64 * 1024; // bytes of a stranger's messages: greetings are short
const OPEN_TO_STRANGERS = new Set(['hello', 'ismaster', 'isMaster', 'ping', 'buildInfo', 'buildinfo']);
const MECHANISM = 'SCRAM-SHA-256';

const unauthorized = (command: string) => new Refusal(13, `Command ${command} requires authentication`);
const failed = () => new Refusal(18, 'Authentication failed.');

/** One connection's way in. */
export interface Guest {
  isIn(): boolean;
  /** Answers what belongs to the login. Null for a command that may be run; throws Unauthorized for one that may not. */
  answer(command: Doc): Doc | null;
  /** The connection is closed. */
  leave(): void;
}

export interface Door {
  /** Null when too many strangers are waiting. `tooLate` is called when this one has not logged in in time. */
  admit(tooLate: () => void): Guest | null;
}

export function createDoor(login: Login): Door {
  const secrets = secretsOf(login);
  let strangers = 0;
  return {
    admit: (tooLate) => {
      if (strangers >= STRANGERS) return null;
      strangers++;
      const timer = setTimeout(tooLate, LOGIN_WITHIN).unref();
      let stranger = true;
      const settle = (): void => {
        if (stranger) strangers--;
        stranger = false;
        clearTimeout(timer);
      };
      let exchange: Exchange | null = null;
      const start = (command: Doc): Doc => {
        exchange = command.get('mechanism') === MECHANISM ? beginExchange(secrets, payloadOf(command)) : null;
        if (!exchange) throw failed();
        return reply(exchange.challenge, false);
      };
      const finish = (command: Doc): Doc => {
        const proof = exchange?.finish(payloadOf(command));
        exchange = null; // a challenge is answered once
        if (proof === undefined || proof === null) throw failed();
        settle();
        return reply(proof, true);
      };
      return {
        isIn: () => !stranger,
        answer: (command) => {
          const [name = ''] = command.keys();
          const step = known(LOGIN_COMMANDS, name);
          if (step) return step === 'saslStart' ? start(command) : finish(command);
          if (stranger && !OPEN_TO_STRANGERS.has(name)) throw unauthorized(name);
          return null;
        },
        leave: settle,
      };
    },
  };
}

function payloadOf(command: Doc): string {
  const payload = command.get('payload');
  return payload instanceof Binary ? payload.bytes.toString('utf8') : '';
}

/** Drivers ask to leave out the empty message that would follow (`skipEmptyExchange`), so that a proof ends it. */
const reply = (payload: string, done: boolean): Doc =>
  doc({ conversationId: int(1), done, payload: new Binary(0, Buffer.from(payload)), ok: 1 });
