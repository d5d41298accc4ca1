import { nodes } from '@parley/nodes';
import { HELPERS } from '@parley/runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Folder, makeFolder, typeIn } from '../testing/type.ts';

let folder: Folder;
beforeAll(() => {
  folder = makeFolder();
});
afterAll(() => folder.remove());
const type = (line: string) => typeIn(folder, line.split(' '));

describe('nodes', () => {
  it('lists every type', async () => {
    const { code, said } = await type('nodes');
    expect(code).toBe(0);
    expect(said.split('\n').map((line) => line.split(' ')[0])).toEqual(nodes.map((one) => one.type));
  });

  it.each(nodes.map((one) => one.type))('describes %s: each field of its config, and its ports', async (name) => {
    const { code, said } = await type(`nodes ${name}`);
    expect(code).toBe(0);
    const fields = Object.keys(nodes.find((one) => one.type === name)?.schema.shape ?? {});
    for (const field of fields) expect(said).toMatch(new RegExp(`^${field} `, 'm'));
    expect(said).toMatch(/^Ports: [a-z<]/m);
  });

  it('names what is needed, what is usual, and ports that come from ids', async () => {
    expect((await type('nodes chat.buttons')).said).toMatch(/^text +text to 1024 +needed Message$/m);
    expect((await type('nodes chat.ask')).said).toMatch(/^retries +number from 0 to 10 +\(2\) Ask again$/m);
    expect((await type('nodes chat.list')).said).toMatch(/^Ports: <id>, chosen, other, timeout, error$/m);
  });

  it('gives the schema for programs, and refuses a type that is not there', async () => {
    expect(JSON.parse((await type('nodes time.wait --json')).said)).toMatchObject({ required: ['duration'] });
    expect(await type('nodes chat.sing')).toEqual({
      code: 1,
      said: expect.stringContaining('There is no type chat.sing'),
    });
  });
});

describe('helpers', () => {
  it('lists every helper, those of a group, or one with its example', async () => {
    expect((await type('helpers')).said.split('\n')).toHaveLength(HELPERS.length);
    const dates = HELPERS.filter((one) => one.group === 'dates').length;
    expect((await type('helpers dates')).said.split('\n')).toHaveLength(dates);
    expect((await type('helpers upper')).said).toMatch(/^upper\(.+\) gives text\n[\s\S]+Example: /);
    expect((await type('helpers shout')).code).toBe(1);
  });
});
