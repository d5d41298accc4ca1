import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Folder, makeFolder, typeIn } from '../testing/type.ts';

let folder: Folder;
beforeEach(() => {
  folder = makeFolder();
});
afterEach(() => folder.remove());

const type = (line: string) => typeIn(folder, line.split(' '));
const saying = (text: string) => expect.stringContaining(text);

const hello = {
  format: 'parley.flow/1',
  name: 'Hello',
  nodes: [
    { id: 'start', type: 'trigger.message', config: { match: 'any' } },
    { id: 'hello', type: 'chat.send', config: { kind: 'text', text: 'Hello' } },
  ],
  edges: [{ id: 'e1', source: 'start', sourceHandle: 'next', target: 'hello' }],
};
const script = (steps: unknown[], more: Record<string, unknown> = {}) => ({
  format: 'parley.script/1',
  title: 'Says hello',
  flow: 'flow.json',
  steps,
  ...more,
});
const GOOD = [{ in: { text: 'hi' } }, { out: { text: 'Hello' } }];
const BAD = [{ in: { text: 'hi' } }, { out: { text: 'Bye <&"\u0000' } }];
const withType = (type: string) => ({ ...hello, nodes: [hello.nodes[0], { ...hello.nodes[1], type }] });
const running = (flow: string) => ({
  ...hello,
  nodes: [hello.nodes[0], { id: 'hello', type: 'logic.subflow', config: { flow } }],
});

describe('check', () => {
  it('finds nothing wrong, in files and directories', async () => {
    folder.put('bots/flow.json', hello);
    folder.put('bots/scripts/a.json', script(GOOD));
    folder.put('bots/package.json', { name: 'x' });
    expect(await type('check bots/flow.json')).toEqual({ code: 0, said: '1 flow, no problem' });
    expect(await type('check .')).toEqual({ code: 0, said: '1 flow, no problem' });
  });

  it('gives a line a problem: file, severity, code, node, path, words', async () => {
    folder.put('flow.json', withType('chat.sing'));
    const { code, said } = await type('check flow.json');
    expect(code).toBe(1);
    expect(said).toMatch(
      /^flow\.json: error unknown_type hello \/nodes\/1\/type: There is no node of the type chat\.sing/,
    );
    expect(said).toContain('1 error, 0 warnings');
  });

  it('counts warnings as errors only when told', async () => {
    folder.put('flow.json', { ...hello, nodes: [...hello.nodes, { ...hello.nodes[1], id: 'island' }] });
    expect(await type('check flow.json')).toEqual({ code: 0, said: saying('0 errors, 1 warning') });
    expect(await type('check flow.json --strict')).toMatchObject({ code: 1 });
    const { said } = await type('check flow.json --json');
    expect(JSON.parse(said)).toMatchObject({
      warnings: 1,
      files: [{ file: 'flow.json', problems: [{ node: 'island' }] }],
    });
  });

  it('looks for sub-flows beside the flow, or where it is told', async () => {
    folder.put('main.json', running('other'));
    expect(await type('check main.json')).toEqual({ code: 1, said: saying('other') });
    folder.put('more/other.json', hello);
    expect(await type('check main.json --flows more')).toMatchObject({ code: 0 });
    folder.put('other.json', hello);
    expect(await type('check main.json')).toMatchObject({ code: 0 });
  });

  it.each([
    ['{"format": "parley.flow/1",\n "nodes": [}', 'Mend line 2, column 12: expected a value'],
    ['[]', 'A flow is a JSON object'],
    ['null', 'A flow is a JSON object'],
    ['{"format":"parley.flow/9","nodes":[]}', 'Update Parley'],
    ['{"format":"parley.flow/1"}', 'nodes'],
    ['{"format":"parley.script/1","steps":[]}', 'npm run parley -- test flow.json'],
    ['{"format":"parley.flow/1","nodes":[{"id":"__proto__","type":"x.y"}]}', '/nodes/0/id'],
    ['', 'line 1, column 1: expected a value'],
  ])('says what is wrong with %s', async (content, words) => {
    folder.put('flow.json', content);
    expect(await type('check flow.json')).toEqual({ code: 1, said: saying(words) });
  });

  it('says what is not there', async () => {
    expect(await type('check none.json')).toEqual({ code: 1, said: saying('There is no file or directory none.json') });
    expect(await type('check .')).toEqual({ code: 1, said: saying('There is no flow in .') });
    expect(await type('check')).toMatchObject({ code: 2 });
  });
});

describe('test', () => {
  beforeEach(() => folder.put('flow.json', hello));

  it('counts what passed and tells what differed', async () => {
    folder.put('scripts/good.json', script(GOOD, { flow: '../flow.json' }));
    folder.put('scripts/bad.json', script(BAD, { flow: '../flow.json' }));
    const { code, said } = await type('test flow.json --coverage --junit out.xml');
    expect(code).toBe(1);
    expect(said).toContain('WRONG scripts/bad.json: Says hello\n      step 2, text: "Hello", expected "Bye');
    expect(said).toContain('ok    scripts/good.json: Says hello');
    expect(said).toContain('flow.json: 2 of 2 ports (100 %)');
    expect(said).toMatch(/2 scripts, 1 passed, 1 failed$/);
    const xml = readFileSync(join(folder.path, 'out.xml'), 'utf8');
    expect(xml).toContain('<testsuites name="parley" tests="2" failures="1" errors="0"');
    expect(xml).toContain('Bye &lt;&amp;');
    expect(xml).not.toMatch(/<failure[^>]*<[^/]/);
  });

  it('tells which ports no script took', async () => {
    folder.put('idle.json', script([{ silence: true }]));
    expect((await type('test idle.json --coverage')).said).toContain(
      '0 of 2 ports (0 %); not taken: start:next, hello:next',
    );
  });

  it('plays with other flows that the script names', async () => {
    folder.put('main.json', running('other'));
    folder.put('with.json', script(GOOD, { flow: 'main.json', flows: { other: 'flow.json' } }));
    folder.put('without.json', script(GOOD, { flow: 'main.json' }));
    const { code, said } = await type('test with.json --coverage');
    expect([code, said]).toEqual([0, saying('main.json: 2 of 2 ports (100 %)')]);
    expect(said).toContain('flow.json: 2 of 2 ports (100 %)');
    expect(await type('test without.json')).toEqual({ code: 1, said: saying('other') });
  });

  it('runs the code of a flow, fenced in', async () => {
    const code = { id: 'hello', type: 'data.code', config: { code: 'return 1 + 1', saveAs: 'sum' } };
    folder.put('flow.json', { ...hello, nodes: [hello.nodes[0], code] });
    folder.put('code.json', script([{ in: { text: 'hi' } }, { end: { status: 'done', variables: { sum: 2 } } }]));
    expect(await type('test code.json')).toEqual({ code: 0, said: saying('1 passed') });
  });

  it.each([
    [script([{ inn: { text: 'hi' } }]), 'step 1: there is no step inn. Steps are: in, out,'],
    [script([{ in: { text: 1 } }]), 'step 1, in.text: '],
    [script([{ in: { text: 'hi' } }, { wait: 'soon' }]), 'soon is not a duration'],
    [script([]), 'steps'],
    [script(GOOD, { flow: 'none.json' }), 'There is no file none.json'],
    [script(GOOD, { flow: {} }), 'its flow'],
    [script(GOOD, { now: 'today' }), 'now'],
    [{ format: 'other' }, 'is not a script'],
    ['{', 'line 1, column 2'],
  ])('says why %j cannot be played, and plays the others', async (content, words) => {
    folder.put('broken.json', content);
    folder.put('good.json', script(GOOD));
    const { code, said } = await type('test broken.json good.json');
    expect([code, said]).toEqual([1, saying(words)]);
    expect(said).toMatch(/2 scripts, 1 passed, 1 failed$/);
  });

  it('says that there is nothing to play', async () => {
    expect(await type('test flow.json')).toEqual({ code: 1, said: saying('There are no scripts beside flow.json') });
    expect(await type('test .')).toEqual({ code: 1, said: saying('There is no script in .') });
    folder.put('good.json', script(GOOD));
    expect(await type('test good.json --junit no/where.xml')).toEqual({ code: 1, said: saying('with --junit') });
  });
});

describe('new-flow', () => {
  it.each(['empty', 'welcome'])('writes a flow from %s that passes, with scripts that hold', async (from) => {
    expect(await type(`new-flow bots/mine.json --from ${from} --name Mine`)).toMatchObject({ code: 0 });
    expect(JSON.parse(readFileSync(join(folder.path, 'bots/mine.json'), 'utf8'))).toMatchObject({ name: 'Mine' });
    expect(await type('check bots --strict')).toMatchObject({ code: 0 });
    expect(await type('test bots/mine.json')).toEqual({ code: 0, said: saying(' 0 failed') });
  });

  it('never overwrites, unless it is told', async () => {
    folder.put('scripts/mine-first.json', 'precious');
    expect(await type('new-flow mine.json')).toEqual({ code: 1, said: saying('add --force') });
    expect(existsSync(join(folder.path, 'mine.json'))).toBe(false);
    expect(await type('new-flow mine.json --force')).toMatchObject({ code: 0 });
  });

  it.each([
    ['new-flow mine', 'does not end with .json'],
    ['new-flow mine.json --from ../..', 'There is no example ../..'],
    [`new-flow mine.json --name ${'x'.repeat(201)}`, '1 to 200 characters'],
  ])('refuses %s', async (line, words) => {
    expect(await type(line)).toEqual({ code: 1, said: saying(words) });
  });
});

it('is a program: exit codes, piped lines, a recording', () => {
  const program = (words: string[], input = '') =>
    spawnSync(process.execPath, [join(import.meta.dirname, '..', 'main.ts'), ...words], {
      env: { ...process.env, INIT_CWD: folder.path },
      encoding: 'utf8',
      input,
    });
  expect(program(['new-flow', 'a.json'])).toMatchObject({ status: 0, stderr: '' });
  expect(program(['check', 'a.json'])).toMatchObject({ status: 0, stderr: '' });
  const talked = program(['run', 'a.json', '--record', 'scripts/talk.json'], 'nothing\nhi\n/quit\nnever read\n');
  expect(talked).toMatchObject({ status: 0, stderr: '', stdout: expect.stringContaining('bot: Hello Ana!') });
  expect(program(['test', 'a.json'])).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('2 scripts, 2 passed'),
  });
  expect(program(['check', 'none.json'])).toMatchObject({ status: 1, stdout: '' });
});
