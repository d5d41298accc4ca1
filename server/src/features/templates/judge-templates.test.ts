import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { HttpRequest, HttpResponse } from '../../plugins/http.ts';
import { type Program, startTestApp, type TestApp } from '../../testing/app.ts';
import { flowOf } from '../../testing/flows.ts';
import { judgeTemplates } from './judge-templates.ts';

interface Problem {
  severity: string;
  code: string;
  node: string | null;
  path: string;
  message: string;
  values?: Record<string, string | number>;
}

let test: TestApp;
let acme: Program;
let numbers = 8_000;
beforeAll(async () => {
  test = await startTestApp();
});
afterAll(() => test.close());
beforeEach(async () => {
  acme = await test.program();
  test.meta.knowsTheNumber();
});

const HELLO = [{ type: 'BODY', text: 'Hello {{1}}, see you on {{2}}.' }];
const template = (name: string, change: object = {}) => ({
  id: `${name} ${JSON.stringify(change)}`,
  name,
  language: 'en_US',
  category: 'UTILITY',
  status: 'APPROVED',
  components: HELLO,
  ...change,
});

/** What Meta lists from now on, for every number. */
function lists(templates: object[]): void {
  test.meta.reply = ({ url }: HttpRequest): HttpResponse | null =>
    new URL(url).pathname.endsWith('/message_templates')
      ? { status: 200, text: JSON.stringify({ data: templates }) }
      : null;
}

/** A number of Meta with these templates; its id. Connecting it reads them. */
async function connect(templates: object[], name = 'Support', by = acme): Promise<string> {
  numbers += 1;
  lists(templates);
  const secrets = { accessToken: 'EAAG-access-token', appSecret: 'app-secret-0123', verifyToken: 'verify-me-please' };
  const ids = { phoneNumberId: String(numbers), businessAccountId: String(numbers) };
  const made = await by.call('POST', '/api/channels', { provider: 'meta', name, ...ids, ...secrets });
  expect(made.statusCode).toBe(201);
  return made.json().id;
}

const TRIGGER = { id: 'start', type: 'trigger.message', config: { match: 'keyword', keywords: ['hi'] } };
const VISIT = { name: 'visit', language: 'en_US', parameters: { 1: 'Ana', 2: '{{day}}' } };
const sends = (config: object, settings: object = {}) => ({
  ...flowOf(TRIGGER, [{ type: 'chat.template', config: { ...VISIT, ...config } }], settings),
  variables: [{ name: 'day', type: 'text' }],
});

const ofTemplates = (problems: Problem[]) => problems.filter(({ code }) => /^template_(unk|not|par)/.test(code));
const short = (problems: Problem[]) =>
  ofTemplates(problems).map(({ severity, code, node, path, values }) =>
    [severity, code, values?.of, node, path].filter((part) => part !== undefined).join(' '),
  );
const save = async (document: object, by = acme) => (await by.call('POST', '/api/flows', { document })).json();
const judged = async (document: object, by = acme) => short((await save(document, by)).problems);

describe('nothing is wrong', () => {
  it('where there is no number, or none but a simulator', async () => {
    expect(await judged(sends({ name: 'nobody_knows' }))).toEqual([]);
    await acme.call('POST', '/api/channels', { provider: 'simulator', name: 'Trial' });
    expect(await judged(sends({ name: 'nobody_knows' }))).toEqual([]);
  });
  it('where templates were never read', async () => {
    await connect([]);
    expect(await judged(sends({ name: 'nobody_knows' }))).toEqual([]);
  });
  it('where the template is approved and filled', async () => {
    await connect([template('visit')]);
    expect(await judged(sends({}))).toEqual([]);
    expect(await judged(sends({ language: 'en-US' }))).toEqual([]);
  });
  it.each([
    { name: 'offer_{{campaign}}' },
    { language: '{{contact.language}}' },
    { language: 'contact' },
    { name: '' },
    { name: 5 },
    { parameters: [] },
  ])('that can be known of %j', async (config) => {
    await connect([template('visit')]);
    expect(await judged(sends(config))).toEqual([]);
  });
  it('in an organization for what another one has', async () => {
    await connect([template('visit', { status: 'PAUSED' })]);
    const other = await test.program();
    expect(await judged(sends({}), other)).toEqual([]);
    await connect([template('other')], 'Theirs', other);
    expect(await judged(sends({}), other)).toEqual(['warning template_unknown n0 /nodes/1/config/name']);
    expect(JSON.stringify(await save(sends({}), other))).not.toContain('PAUSED');
  });
  it('in the numbers that the flow does not answer on, nor in one that is switched off', async () => {
    const own = await connect([template('visit')], 'Own');
    const off = await connect([template('other')], 'Off');
    expect(await judged(sends({}, { channels: [own] }))).toEqual([]);
    await acme.call('PATCH', `/api/channels/${off}`, { enabled: false });
    expect(await judged(sends({}))).toEqual([]);
  });
});

describe('a template that WhatsApp does not know', () => {
  it('is a warning at its name', async () => {
    await connect([template('visit')]);
    const { problems } = await save(sends({ name: 'visti' }));
    expect(ofTemplates(problems)).toMatchObject([
      {
        severity: 'warning',
        code: 'template_unknown',
        node: 'n0',
        path: '/nodes/1/config/name',
        values: { name: 'visti', language: 'en_US' },
      },
    ]);
  });
  it('in this language is a warning there, with the languages that there are', async () => {
    await connect([template('visit'), template('visit', { language: 'es' })]);
    const [problem] = ofTemplates((await save(sends({ language: 'pt_BR' }))).problems);
    expect(problem).toMatchObject({
      path: '/nodes/1/config/language',
      values: { of: 'language', others: 'en_US, es' },
    });
  });
  it('in one of several languages is a warning at the list', async () => {
    await connect([template('visit')]);
    const config = { language: 'contact', languages: ['en_US', 'es'] };
    expect(await judged(sends(config))).toEqual(['warning template_unknown language n0 /nodes/1/config/languages']);
  });
  it('at one of several numbers is a warning that names the number', async () => {
    await connect([template('visit')], 'Support');
    await connect([template('other')], 'Sales');
    const [problem] = ofTemplates((await save(sends({}))).problems);
    expect(problem).toMatchObject({ severity: 'warning', values: { of: 'some', numbers: 'Sales' } });
  });
});

describe('a template that is not approved', () => {
  it.each(['PAUSED', 'REJECTED', 'PENDING', 'DISABLED', 'IN_APPEAL'])('is a warning: %s', async (status) => {
    await connect([template('visit', { status })]);
    expect(await judged(sends({}))).toEqual([`warning template_not_approved ${status} n0 /nodes/1/config/name`]);
  });
  it('blocks nothing, whatever it is filled with', async () => {
    await connect([template('visit', { status: 'PENDING' })]);
    const { id, problems } = await save(sends({ parameters: {} }));
    expect(short(problems)).toEqual([
      'warning template_not_approved PENDING n0 /nodes/1/config/name',
      'warning template_parameters count n0 /nodes/1/config/parameters',
    ]);
    expect((await acme.call('POST', `/api/flows/${id}/publish`, {})).statusCode).toBe(200);
  });
  it('names the number where others may send it', async () => {
    await connect([template('visit')], 'Support');
    await connect([template('visit', { status: 'PAUSED' })], 'Sales');
    const [problem] = ofTemplates((await save(sends({}))).problems);
    expect(problem).toMatchObject({ code: 'template_not_approved', values: { of: 'some', numbers: 'Sales' } });
  });
});

describe('a template that is filled otherwise than it was approved', () => {
  const OFFER = [
    { type: 'HEADER', format: 'IMAGE' },
    { type: 'BODY', text: 'Hi' },
    { type: 'BUTTONS', buttons: [{ type: 'URL', text: 'Shop', url: 'https://shop.example/{{1}}' }] },
  ];
  it('is an error at the field, with how many are expected', async () => {
    await connect([template('visit')]);
    const { problems } = await save(sends({ parameters: { 1: 'Ana' } }));
    expect(problems[0]).toMatchObject({
      severity: 'error',
      code: 'template_parameters',
      path: '/nodes/1/config/parameters',
      values: { of: 'count', name: 'visit', expected: 2, given: 1 },
    });
  });
  it('counts header and buttons too', async () => {
    await connect([template('visit', { components: OFFER })]);
    expect(await judged(sends({ parameters: {} }))).toEqual([
      'error template_parameters header_image n0 /nodes/1/config/header',
      'error template_parameters button_url n0 /nodes/1/config/buttons',
    ]);
    const filled = { header: { url: 'https://x.example/a.png' }, buttons: [{ index: 0, text: '{{contact.id}}' }] };
    expect(await judged(sends({ parameters: {}, ...filled }))).toEqual([]);
  });
  it('is not published, and says why', async () => {
    await connect([template('visit')]);
    const { id } = await save(sends({ parameters: {} }));
    const refused = await acme.call('POST', `/api/flows/${id}/publish`, {});
    expect(refused.statusCode).toBe(422);
    expect(refused.json()).toMatchObject({
      code: 'flow_has_errors',
      errors: [{ code: 'template_parameters', node: 'n0' }],
    });
  });
  it('is a warning where some of the numbers have it so', async () => {
    await connect([template('visit')], 'Support');
    await connect([template('visit', { components: OFFER })], 'Sales');
    const [problem] = ofTemplates((await save(sends({}))).problems);
    expect(problem).toMatchObject({ severity: 'warning', values: { of: 'some', numbers: 'Sales' } });
  });
  it('may be right in another language, where the person’s own is taken', async () => {
    await connect([template('visit', { components: OFFER }), template('visit', { language: 'es' })]);
    expect(await judged(sends({ language: 'contact' }))).toEqual([]);
    expect(await judged(sends({ language: 'contact', parameters: {} }))).toEqual([
      'error template_parameters count n0 /nodes/1/config/parameters',
    ]);
  });
});

describe('what is known changes', () => {
  it('and the draft tells it without being saved, as do checks and publishing', async () => {
    const channel = await connect([template('other')]);
    const { id, revision } = await save(sends({ parameters: { 1: 'Ana' } }));
    const read = async () => (await acme.call('GET', `/api/flows/${id}`)).json();
    const unknown = ['warning template_unknown n0 /nodes/1/config/name'];
    const wrong = ['error template_parameters count n0 /nodes/1/config/parameters'];
    expect(short((await read()).problems)).toEqual(unknown);
    expect((await acme.call('POST', `/api/flows/${id}/publish`, {})).statusCode).toBe(200);

    lists([template('visit')]);
    await acme.call('POST', '/api/templates/sync', { channelId: channel });
    expect(short((await read()).problems)).toEqual(wrong);
    expect((await read()).revision).toBe(revision);
    const { document } = await read();
    expect(short((await acme.call('POST', '/api/flows/check', { document })).json().problems)).toEqual(wrong);
    expect((await acme.call('POST', `/api/flows/${id}/publish`, {})).statusCode).toBe(422);

    await acme.call('DELETE', `/api/channels/${channel}`);
    expect(short((await read()).problems)).toEqual([]);
    expect((await acme.call('POST', `/api/flows/${id}/publish`, {})).statusCode).toBe(200);
  });
});

it('reads once for all the templates of a flow, and never for a flow without any', async () => {
  const asked: unknown[] = [];
  const check = judgeTemplates({
    templates: {
      named: async (...given) => {
        asked.push(given);
        return [];
      },
      hasAny: async (...given) => asked.push(given) > 0,
    },
    channels: { enabled: async () => [{ id: 'chn_1', name: 'Support', provider: 'meta' }] },
  });
  const steps = ['a', 'b', 'a'].map((name) => ({ type: 'chat.template', config: { ...VISIT, name } }));
  expect(await check.problems('org_1', flowOf(TRIGGER, steps))).toHaveLength(3);
  expect(asked).toEqual([
    ['org_1', ['chn_1'], ['a', 'b']],
    ['org_1', 'chn_1'],
  ]);
  const silent = flowOf(TRIGGER, [{ type: 'chat.send', config: { text: 'Hello' } }]);
  for (const document of [silent, null, { nodes: 5 }]) expect(await check.problems('org_1', document)).toEqual([]);
  expect(asked).toHaveLength(2);
});
