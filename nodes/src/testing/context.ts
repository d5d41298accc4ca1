import type { Context } from '@parley/runtime';

/** What a node sees, for tests that ask one without a conversation around it. */
export const contextFor = (config: unknown, given: Partial<Context<unknown>> = {}): Context<unknown> => ({
  config,
  variables: {},
  contact: {
    id: 'con_1',
    name: 'Ana Silva',
    firstName: 'Ana',
    lastName: 'Silva',
    phone: '+447700900001',
    email: null,
    language: null,
    tags: [],
    groups: [],
    attributes: {},
  },
  conversation: { id: 'cnv_1', channel: 'chn_1', windowClosesAt: null },
  flow: { id: 'flw_1', name: 'Test', version: 1 },
  message: null,
  now: '2026-03-02T09:00:00.000Z',
  language: 'en',
  timezone: 'UTC',
  kept: null,
  cameRound: false,
  asked: 0,
  wired: () => true,
  chance: () => 0.5,
  ...given,
});
