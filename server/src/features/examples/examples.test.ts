import { nodeTypes } from '@parley/nodes';
import { Flow, parseFlow, runScript, scriptSchema } from '@parley/runtime';
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

const get = async (path: string) => (await acme.call('GET', `/api/examples${path}`)).json();
const use = (name: string, body?: object) => acme.call('POST', `/api/examples/${name}/use`, body);

describe('the gallery', () => {
  it('has every example with words, a picture and the beginning of a conversation', async () => {
    const { items } = await get('');
    expect(items.length).toBeGreaterThanOrEqual(13);
    for (const { name, title, description, picture, opening, nodes } of items) {
      expect(title, name).not.toBe('');
      expect(description.length, name).toBeGreaterThan(40);
      expect(picture.nodes, name).toHaveLength(nodes);
      expect(opening.length, name).toBeGreaterThan(1);
    }
  });

  it('shows a whole conversation, with the buttons that the script does not name', async () => {
    const { conversation, needs, subflows } = await get('/lead-qualification');
    expect(subflows).toEqual(['Qualify a lead']);
    expect(needs[0]).toContain('the points in score');
    const kinds = conversation.flatMap((line: { content?: { kind: string } }) => line.content?.kind ?? []);
    expect(kinds).toContain('buttons');
    const asked = conversation.find((line: { content?: { kind: string } }) => line.content?.kind === 'buttons');
    expect(asked.content.buttons.length).toBeGreaterThan(1);
  });

  it.each(['unknown', '..', '%2e%2e%2fpackage.json'])('has no example %s', async (name) => {
    expect((await acme.call('GET', `/api/examples/${name}`)).statusCode).toBe(404);
  });
});

describe('using an example', () => {
  it('adds it as a draft with what it runs, ready to be published', async () => {
    const { flows } = (await use('lead-qualification', { name: 'My leads' })).json();
    const [main, inner] = flows;
    expect(main).toMatchObject({ name: 'My leads', status: 'draft', problems: [] });
    expect(main.document.nodes.find(({ id }: { id: string }) => id === 'qualify').config.flow).toBe(inner.id);
    expect((await acme.call('GET', `/api/flows/${inner.id}`)).json().status).toBe('active');
    expect((await acme.call('POST', `/api/flows/${main.id}/publish`, {})).statusCode).toBe(200);
  });

  it('brings the conversation that shows it as a test, which holds', async () => {
    const { items } = await get('');
    const brought: string[] = [];
    for (const { name } of items) {
      const { flows } = (await use(name)).json() as { flows: { id: string; document: unknown }[] };
      const [main, ...inner] = flows;
      const tests = (await acme.call('GET', `/api/flows/${main?.id}/tests`)).json().items;
      if (tests.length === 0) continue;
      brought.push(name);
      const { flow } = parseFlow(main?.document);
      // What runs an author's code is another process of the server, and a worker of the browser
      if (JSON.stringify(flows).includes('"data.code"')) continue;
      const library = Object.fromEntries(inner.map(({ id, document }) => [id, Flow.parse(document)]));
      if (!flow) throw new Error(name);
      const script = scriptSchema.parse(tests[0].script);
      expect((await runScript(script, flow, nodeTypes, {}, library)).differences, name).toEqual([]);
    }
    // Those that start bots which do not come along bring none
    expect(brought.length).toBeGreaterThanOrEqual(11);
    expect(brought).toContain('lead-qualification');
  });

  it('works for each of them', async () => {
    const { items } = await get('');
    for (const { name } of items) {
      const [main] = (await use(name)).json().flows;
      const errors = main.problems.filter(({ severity }: { severity: string }) => severity === 'error');
      expect(errors, name).toEqual([]);
    }
  });

  it('needs the right to create', async () => {
    const reader = await test.program({ scopes: ['whatsapp_bot:view'], organization: acme.organization });
    expect((await reader.call('POST', '/api/examples/csat/use', {})).statusCode).toBe(403);
  });
});
