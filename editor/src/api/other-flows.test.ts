import { describe, expect, it } from 'vitest';
import { otherFlows, otherFlowsToTry } from './other-flows.ts';

const naming = (...flows: unknown[]) => ({ nodes: flows.map((flow) => ({ id: 'n', config: { flow } })) });
const source = (documents: Record<string, Record<string, unknown> | null>) => ({
  readFlow: async (id: string) => {
    if (!(id in documents)) throw new Error('404');
    return { published: documents[id] ? { version: 2, hash: '', at: '', by: '' } : null };
  },
  readVersion: async (id: string, version: number) => ({ document: { ...documents[id], version } }),
});

describe('the other flows of a document', () => {
  it('are those that it names, and those that they name, each once', async () => {
    const documents = { a: naming('b', 'a'), b: naming('a') };
    const found = await otherFlows(naming('a', 'b'), source(documents));
    expect(Object.keys(found)).toEqual(['a', 'b']);
    expect(found.a).toMatchObject({ version: 2 });
  });

  it('leave out what is not there, not published, or known only later', async () =>
    expect(await otherFlows(naming('gone', 'draft', '{{which}}', 7), source({ draft: null }))).toEqual({}));

  it('are drafts as well where one only tries', async () => {
    const drafts = { a: naming('b'), b: naming() };
    const { readVersion } = source({});
    const readFlow = async (id: 'a' | 'b') => ({ published: null, name: id.toUpperCase(), document: drafts[id] });
    const found = await otherFlowsToTry(naming('a'), { readFlow: readFlow as never, readVersion });
    expect(found).toEqual({ documents: drafts, drafts: ['A', 'B'] });
  });

  it.each([null, {}, { nodes: 7 }, { nodes: [null, { config: 1 }] }])('are none in %j', async (document) =>
    expect(await otherFlows(document, source({}))).toEqual({}),
  );
});
