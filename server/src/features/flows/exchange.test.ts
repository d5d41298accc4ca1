import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Program, startTestApp, type TestApp } from '../../testing/app.ts';

let test: TestApp;
let acme: Program;
beforeAll(async () => {
  test = await startTestApp();
});
afterAll(() => test.close());
beforeEach(async () => {
  acme = await test.program();
});

const SCRIPT = '<script>alert(1)</script>';
const flow = (name: string, more: object[] = []) => ({
  format: 'parley.flow/1',
  name,
  nodes: [{ id: 'start', type: 'trigger.message', config: { match: 'any' } }, ...more],
});
const called = (name: string) => ({
  format: 'parley.flow/1',
  name,
  nodes: [{ id: 'start', type: 'trigger.called', config: {} }],
});
const runs = (id: string) => ({ id: 'inner', type: 'logic.subflow', config: { flow: id, version: 3 } });
const importing = (document: unknown, more: object = {}) =>
  acme.call('POST', '/api/flows/import', { source: 'parley', document, ...more });
const count = async () => (await acme.call('GET', '/api/flows')).json().items.length;

describe('importing', () => {
  it('saves one flow as a draft, with a report of its nodes', async () => {
    const made = await importing(flow('Hello'), { name: 'Renamed' });
    expect(made.statusCode).toBe(201);
    const { flows, report } = made.json();
    expect(flows).toMatchObject([{ name: 'Renamed', status: 'draft', document: { name: 'Renamed' } }]);
    expect(report).toEqual([{ source: 'start', outcome: 'mapped', node: 'start', note: '', flow: 0 }]);
  });

  it('keeps nodes of unknown types and texts with markup, and tells', async () => {
    const strange = { id: 'strange', type: 'acme.lookup', config: { text: SCRIPT } };
    const made = (await importing(flow(SCRIPT, [strange]))).json();
    expect(made.flows[0]).toMatchObject({ name: SCRIPT, document: { nodes: [{}, strange] } });
    expect(made.report[1]).toMatchObject({ source: 'strange', outcome: 'kept', node: 'strange' });
    expect(made.report[1].note).toContain('acme.lookup');
  });

  it('mends what the flows of a bundle call each other, and tells of what is not there', async () => {
    const bundle = {
      format: 'parley.flows/1',
      flows: [
        {
          id: 'main',
          document: flow('Main', [runs('sub'), { ...runs('flw_gone'), id: 'gone' }]),
          tags: [' Sales ', ''],
        },
        { id: 'sub', document: called('Sub') },
      ],
    };
    const { flows, report } = (await importing(bundle)).json();
    expect(flows.map(({ name }: { name: string }) => name)).toEqual(['Main', 'Sub']);
    expect(flows[0].tags).toEqual(['Sales']);
    expect(flows[0].document.nodes[1].config).toMatchObject({ flow: flows[1].id, version: 'latest' });
    expect(report).toContainEqual(expect.objectContaining({ node: 'gone', outcome: 'kept', flow: 0 }));
  });

  it.each<[string, unknown, string]>([
    ['text', 'hello', 'not_a_flow'],
    ['a list', [], 'not_a_flow'],
    ['nothing', null, 'not_a_flow'],
    ['another system', { version: '6', groups: [] }, 'invalid_document'],
    ['a newer format', { ...flow('x'), format: 'parley.flow/2' }, 'newer_format'],
    ['a newer bundle', { format: 'parley.flows/2', flows: [] }, 'newer_format'],
    ['an empty bundle', { format: 'parley.flows/1', flows: [] }, 'invalid_document'],
    [
      'a bundle with one bad flow',
      {
        format: 'parley.flows/1',
        flows: [
          { id: 'a', document: flow('A') },
          { id: 'b', document: { nodes: 1 } },
        ],
      },
      'invalid_document',
    ],
  ])('refuses %s and keeps nothing', async (_, document, code) => {
    const refused = await importing(document);
    expect(refused.statusCode).toBe(422);
    expect(refused.json()).toMatchObject({ code: 'import_unreadable' });
    expect(refused.json().problems[0]).toMatchObject({ code, message: expect.any(String) });
    expect(await count()).toBe(0);
  });

  it('refuses systems that it does not know, with those that it does', async () => {
    const refused = await importing({}, { source: 'drawflow-9' });
    expect(refused.json()).toMatchObject({ status: 422, code: 'unknown_source', errors: [{ path: '/source' }] });
    expect(refused.json().known).toContain('parley');
  });

  it('refuses ten megabytes, and one flow that is too large beside one that is not', async () => {
    expect((await importing(flow('x'.repeat(10 * 1024 * 1024)))).statusCode).toBe(413);
    const large = flow('Large', [
      { id: 'a', type: 'chat.send', config: { kind: 'text', text: 'x'.repeat(1_100_000) } },
    ]);
    const bundle = {
      format: 'parley.flows/1',
      flows: [
        { id: 'a', document: large },
        { id: 'b', document: flow('B') },
      ],
    };
    expect((await importing(bundle)).json()).toMatchObject({ status: 422, code: 'document_too_large' });
    expect(await count()).toBe(0);
  });

  it('needs the right to create', async () => {
    const reader = await test.program({ scopes: ['whatsapp_bot:view'], organization: acme.organization });
    const body = { source: 'parley', document: flow('x') };
    expect((await reader.call('POST', '/api/flows/import', body)).statusCode).toBe(403);
  });

  it('shows what is in a file without keeping it', async () => {
    const strange = { id: 'strange', type: 'acme.lookup', config: {} };
    const body = { source: 'parley', document: flow('Look', [strange]) };
    const seen = (await acme.call('POST', '/api/flows/import/preview', body)).json();
    expect(seen.flows).toMatchObject([{ name: 'Look', nodes: 2, unknown: ['acme.lookup'] }]);
    expect(await count()).toBe(0);
  });
});

describe('exporting', () => {
  it('gives the plain document of a flow that runs no other', async () => {
    const { flows } = (await importing(flow('Alone'))).json();
    const file = await acme.call('POST', '/api/flows/export', { ids: [flows[0].id] });
    expect(file.json()).toEqual(flows[0].document);
  });

  it('brings along what a flow runs, and comes back the same', async () => {
    const bundle = {
      format: 'parley.flows/1',
      flows: [
        { id: 'main', document: flow('Main', [runs('sub')]), tags: ['sales'] },
        { id: 'sub', document: called('Sub') },
      ],
    };
    const { flows } = (await importing(bundle)).json();
    const file = (await acme.call('POST', '/api/flows/export', { ids: [flows[0].id] })).json();
    expect(file.flows.map(({ id }: { id: string }) => id)).toEqual(flows.map(({ id }: { id: string }) => id));
    const again = (await importing(file)).json();
    expect(again.flows[0]).toMatchObject({ name: 'Main', tags: ['sales'] });
    expect(again.flows[0].document.nodes[1].config.flow).toBe(again.flows[1].id);
  });

  it('gives nothing of other organizations', async () => {
    const other = await test.program();
    const { flows } = (await importing(flow('Mine'))).json();
    expect((await other.call('POST', '/api/flows/export', { ids: [flows[0].id] })).statusCode).toBe(404);
  });
});
