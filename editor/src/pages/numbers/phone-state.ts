import type { Conversation, Message } from '../../api/conversations.ts';
import type { Journey } from '../../api/counts.ts';

/** Who answers a customer now, and where nobody does, why. */
export type PhoneState =
  | { kind: 'withPerson' }
  /** No consent: STOP was written, or a bot withdrew it. */
  | { kind: 'notAgreed' }
  | { kind: 'blocked' }
  /** No bot begins with what was written last. */
  | { kind: 'unanswered' }
  | { kind: 'talking' | 'done' | 'failed' | 'over'; flow: string; flowName: string; fault: string };

/** Null where nothing is to be told. */
export function phoneStateOf(
  { owner, eligible }: Pick<Conversation, 'owner' | 'eligible'>,
  messages: readonly Pick<Message, 'direction' | 'createdAt'>[],
  journey: Pick<Journey, 'sessions' | 'steps'>,
): PhoneState | null {
  if (owner.kind === 'agent' || owner.kind === 'queue') return { kind: 'withPerson' };
  if (!eligible.ok) return { kind: eligible.reason === 'contact_blocked' ? 'blocked' : 'notAgreed' };
  const last = journey.steps.at(-1);
  const said = messages.at(-1);
  const isTaken = said?.direction !== 'INBOUND' || (last !== undefined && last.at >= said.createdAt);
  if (owner.flow === null && !isTaken) return { kind: 'unanswered' };
  const session = journey.sessions.find(({ id }) => id === last?.session);
  if (!last || !session?.flowName) return null;
  const { flow, flowName, ended } = session;
  return { kind: kindOf(ended), flow, flowName, fault: last.fault?.message ?? '' };
}

const kindOf = (ended: string | null) =>
  ended === null ? 'talking' : ended === 'done' || ended === 'failed' ? ended : 'over';
