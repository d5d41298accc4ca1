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
        message: 'The flow Orders listens for "informacion" too. Change one, or set their priority.',
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
