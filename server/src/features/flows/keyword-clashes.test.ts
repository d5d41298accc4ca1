import { describe, expect, it } from 'vitest';
import { keywordClashes } from './keyword-clashes.ts';

const listening = (keywords: string[], { how, channels = [] }: { how?: string; channels?: string[] } = {}) => ({
  name: 'Orders',
  nodes: [{ id: 'start', type: 'trigger.message', config: { match: 'keyword', keywords, ...(how && { how }) } }],
  settings: { channels },
});
const live = (document: unknown) => ({
  flow: 'flw_1',
  version: 1,
  hash: 'sha256:1',
  organization: 'org_1',
  createdAt: new Date(0),
  document,
});

describe('two flows that listen for the same word', () => {
  it('are warned of, whatever its case and accents', () => {
    expect(keywordClashes(listening(['menu', ' Información ']), [live(listening(['INFORMACION']))])).toEqual([
      {
        severity: 'warning',
        code: 'keyword_taken',
        node: 'start',
        edge: null,
        path: '/nodes/0/config/keywords/1',
        message:
          'The flow Orders listens for "informacion" too. That one answers: it is the older one, and both have the priority 0. Change one, or set their priority.',
        values: { bot: 'Orders' },
      },
    ]);
  });

  it('are not, where they listen in another way', () => {
    expect(keywordClashes(listening(['order']), [live(listening(['order'], { how: 'contains' }))])).toEqual([]);
  });

  it('are not, where they share no channel', () => {
    const others = [live(listening(['order'], { channels: ['chn_1'] }))];
    expect(keywordClashes(listening(['order'], { channels: ['chn_2'] }), others)).toEqual([]);
    expect(keywordClashes(listening(['order'], { channels: ['chn_1', 'chn_2'] }), others)).toHaveLength(1);
    expect(keywordClashes(listening(['order']), others)).toHaveLength(1);
  });
});

it.each([null, 'text', {}, { nodes: 'x' }, { nodes: [null, { id: 1 }] }])(
  'a broken document claims no word: %j',
  (document) => {
    expect(keywordClashes(document, [live(listening(['order'])), live(document)])).toEqual([]);
  },
);

describe('who of the two begins', () => {
  const any = (priority = 0) => ({
    name: 'Any',
    nodes: [{ id: 'start', type: 'trigger.message', config: { match: 'any' } }],
    settings: { priority },
  });
  const words = (own: number, theirs: number, createdAt: Date | null) =>
    keywordClashes(any(own), [{ ...live(any(theirs)), createdAt: new Date(1_000) }], createdAt)[0]?.message;

  it('is the one of higher priority, then the older one', () => {
    expect(words(2, 1, null)).toContain('This flow answers: its priority is higher (2');
    expect(words(1, 2, new Date(0))).toContain('That one answers: its priority is higher (2');
    expect(words(0, 0, new Date(0))).toContain('This flow answers: it is the older one');
    expect(words(0, 0, new Date(2_000))).toContain('That one answers: it is the older one');
  });

  it.each([
    ['trigger.message', { match: 'first' }, "a person's first message"],
    ['trigger.message', { match: 'button', payload: 'yes' }, 'the button yes'],
    ['trigger.message', { match: 'referral' }, 'people who come from an ad'],
    ['trigger.event', { name: 'order.paid' }, 'the event order.paid'],
  ])('is told for %s %o', (type, config, said) => {
    const document = { name: 'One', nodes: [{ id: 'on', type, config }] };
    const [problem] = keywordClashes(document, [live(document)]);
    expect(problem).toMatchObject({ severity: 'warning', code: 'trigger_taken', node: 'on' });
    expect(problem?.message).toContain(said);
  });

  it.each([
    ['trigger.webhook', {}],
    ['trigger.schedule', { every: 'day' }],
  ])('is no question for %s: its address, or its time, is its own', (type, config) => {
    const document = { name: 'One', nodes: [{ id: 'on', type, config }] };
    expect(keywordClashes(document, [live(document)])).toEqual([]);
  });
});
