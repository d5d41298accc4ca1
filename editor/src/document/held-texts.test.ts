import { describe, expect, it } from 'vitest';
import { allProblems } from './all-problems.ts';
import { type HeldText, heldProblems, JSON_PANEL, writtenJson } from './held-texts.ts';
import { flowOf } from './testing.ts';

const flow = flowOf(
  {
    start: ['trigger.message', { match: 'any' }],
    call: ['http.request', { method: 'POST', url: 'https://example.com', body: { a: 1 } }],
    take: ['data.transform', { from: '{{order}}', steps: [{ do: 'map', to: '' }], saveAs: 'got' }],
  },
  ['start.next>call', 'call.success>take'],
);
const body: HeldText = {
  text: '{"a": 1,',
  over: writtenJson({ a: 1 }),
  unread: { node: 'call', field: '/body' },
};
const places = (held: HeldText) => heldProblems(flow, { one: held }).map(({ path }) => path);

describe('a text that is no part of the flow', () => {
  it('is an error at the field that it does not read for', () =>
    expect(places(body)).toEqual(['/nodes/1/config/body']));
  it('is nothing once it reads, or something else stands there since', () => {
    expect(places({ ...body, unread: undefined })).toEqual([]);
    expect(places({ ...body, over: writtenJson({ a: 2 }) })).toEqual([]);
  });
  it('goes with its step, and with the item that it was written for', () => {
    expect(places({ ...body, unread: { node: 'gone', field: '/body' } })).toEqual([]);
    const item = { text: '[', over: '', unread: { node: 'take', field: '/steps/0/to' } };
    expect(places(item)).toEqual(['/nodes/2/config/steps/0/to']);
    expect(places({ ...item, unread: { node: 'take', field: '/steps/1/to' } })).toEqual([]);
  });
  it('stands in the place of what the checks say of the field', () => {
    const item = { text: '[', over: '', unread: { node: 'take', field: '/steps/0/to' } };
    const at = (held: Record<string, HeldText>) =>
      allProblems(flow, [], held).flatMap(({ path, code }) => (path.endsWith('/steps/0/to') ? [code] : []));
    expect(at({ one: item })).toEqual(['json_unread']);
  });
  it('of the whole document is a warning until it is applied', () => {
    const written = (text: string) => heldProblems(flow, { [JSON_PANEL]: { text, over: writtenJson(flow) } });
    expect(written('{}').map(({ severity, code }) => `${severity} ${code}`)).toEqual(['warning json_not_applied']);
    expect(written(writtenJson(flow))).toEqual([]);
  });
});
