import { describe, expect, it } from 'vitest';
import type { Conversation, Message } from '../../api/conversations.ts';
import type { Journey } from '../../api/counts.ts';
import { phoneStateOf } from './phone-state.ts';

const ELIGIBLE = { ok: true, reason: null };
const NOBODY: Pick<Conversation, 'owner' | 'eligible'> = { owner: { kind: 'nobody', flow: null }, eligible: ELIGIBLE };
const IN_FLOW = { ...NOBODY, owner: { kind: 'bot' as const, flow: { id: 'flw_1', version: 1, node: 'ask' } } };

const message = (direction: Message['direction'], second: number) => ({
  direction,
  createdAt: `2026-03-02T09:00:0${second}.000Z`,
});
const journey = (second: number, ended: string | null, fault: string | null = null): Journey => ({
  conversation: { id: 'cnv_1', contact: { id: 'con_1', name: null, phone: null } },
  sessions: [{ id: 'ses_1', flow: 'flw_1', flowName: 'Leads', version: 1, ended }],
  steps: [
    {
      id: '1',
      at: `2026-03-02T09:00:0${second}.000Z`,
      session: 'ses_1',
      event: { kind: 'message', text: 'hi', type: 'text', choice: null },
      visits: [],
      node: 'ask',
      effects: [],
      handedOver: false,
      ended,
      fault: fault === null ? null : { code: 'x', message: fault, node: null },
    },
  ],
  variables: null,
  next: null,
});
const NONE: Journey = { ...journey(0, null), sessions: [], steps: [] };

describe('what a trial phone tells of who answers', () => {
  it('names the bot that is talking, and how its talk ended', () => {
    const answered = [message('INBOUND', 1), message('OUTBOUND', 2)];
    expect(phoneStateOf(IN_FLOW, answered, journey(1, null))).toMatchObject({ kind: 'talking', flowName: 'Leads' });
    expect(phoneStateOf(NOBODY, answered, journey(1, 'done'))).toMatchObject({ kind: 'done' });
    expect(phoneStateOf(NOBODY, answered, journey(1, 'expired'))).toMatchObject({ kind: 'over' });
    expect(phoneStateOf(NOBODY, answered, journey(1, 'failed', 'No answer.'))).toMatchObject({
      kind: 'failed',
      fault: 'No answer.',
    });
  });

  it('tells a message that ended a bot without words from one that no bot took', () => {
    expect(phoneStateOf(NOBODY, [message('INBOUND', 1)], journey(1, 'done'))).toMatchObject({ kind: 'done' });
    expect(phoneStateOf(NOBODY, [message('INBOUND', 2)], journey(1, 'done'))).toEqual({ kind: 'unanswered' });
    expect(phoneStateOf(NOBODY, [message('INBOUND', 1)], NONE)).toEqual({ kind: 'unanswered' });
  });

  it('says that a person has it, or that the customer may not be written to, whatever bots did before', () => {
    const queued = { ...NOBODY, owner: { kind: 'queue' as const, flow: null } };
    expect(phoneStateOf(queued, [message('INBOUND', 2)], journey(1, null))).toEqual({ kind: 'withPerson' });
    const stopped = { ...NOBODY, eligible: { ok: false, reason: 'contact_not_opted_in' } };
    expect(phoneStateOf(stopped, [message('INBOUND', 2)], NONE)).toEqual({ kind: 'notAgreed' });
    const blocked = { ...NOBODY, eligible: { ok: false, reason: 'contact_blocked' } };
    expect(phoneStateOf(blocked, [message('INBOUND', 2)], NONE)).toEqual({ kind: 'blocked' });
  });

  it('says nothing where nothing was written, or the bot was deleted', () => {
    const [session] = journey(1, 'done').sessions;
    const gone = { ...journey(1, 'done'), sessions: session ? [{ ...session, flowName: null }] : [] };
    expect(phoneStateOf(NOBODY, [message('INBOUND', 1)], gone)).toBeNull();
    expect(phoneStateOf(NOBODY, [], NONE)).toBeNull();
  });
});
