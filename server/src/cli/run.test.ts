import { expect, it } from 'vitest';
import { type Command, CommandFailed, type Given } from './command.ts';
import { commands } from './commands.ts';
import { runCommandLine } from './run.ts';

const seen: Given[] = [];
const sample: Command = {
  name: 'thing do',
  summary: 'Does it.',
  options: { to: { value: 'FILE', required: true, help: 'where' }, fast: { help: 'soon' } },
  run: async (given) => {
    seen.push(given);
    if (given.to === 'nowhere') throw new CommandFailed('There is no nowhere. Name a place with --to.');
    return 0;
  },
};

const asked: string[][] = [];
const reader: Command = {
  name: 'read',
  summary: 'Reads.',
  options: {},
  operands: { value: 'FILE', many: true, help: 'what to read' },
  run: async (_, __, operands) => {
    asked.push([...operands]);
    return 0;
  },
};

async function type(line: string, list: readonly Command[] = [sample]) {
  const out: string[] = [];
  const err: string[] = [];
  const terminal = {
    print: (text: string) => void out.push(text),
    printError: (text: string) => void err.push(text),
    env: {},
    cwd: '/',
    now: () => new Date(0),
  };
  const code = await runCommandLine(list, line === '' ? [] : line.split(' '), terminal);
  return { code, out: out.join('\n'), err: err.join('\n') };
}

it('runs a command with what was given', async () => {
  expect(await type('thing do --to place --fast')).toEqual({ code: 0, out: '', err: '' });
  expect(seen.at(-1)).toEqual({ to: 'place', fast: true });
});

it('takes bare words where a command wants some, and only as many', async () => {
  expect(await type('read a b', [reader])).toMatchObject({ code: 0 });
  expect(asked).toEqual([['a', 'b']]);
  expect(await type('read', [reader])).toMatchObject({ code: 2, err: expect.stringContaining('FILE is missing') });
  const one = { ...reader, operands: { value: 'FILE', help: 'one' } };
  expect(await type('read a b', [one])).toMatchObject({ code: 2, err: expect.stringContaining('"b" is one FILE') });
  expect((await type('read --help', [reader])).out).toMatch(/read FILE\.\.\.[\s\S]*FILE\.\.\. {2}what to read/);
});

it('says in words what failed', async () => {
  expect(await type('thing do --to nowhere')).toMatchObject({ code: 1, err: expect.stringContaining('Name a place') });
});

it.each([
  ['thing do', '--to is missing'],
  ['thing do --to', "'--to <value>' argument missing"],
  ['thing do --to x --slow', "'--slow'"],
  ['thing do --to x --fast=y', "'--fast'"],
  ['thing do --to x more', "'more'"],
  ['thing', 'thing do'],
  ['thing make', 'There is no command "thing make"'],
  ['', 'thing do'],
])('names what is wrong with "%s"', async (line, what) => {
  expect(await type(line)).toMatchObject({ code: 2, out: '', err: expect.stringContaining(what) });
});

it('helps', async () => {
  expect(await type('--help')).toMatchObject({ code: 0, out: expect.stringContaining('thing do  Does it.') });
  expect(await type('thing do --help')).toMatchObject({ code: 0, out: expect.stringContaining('--to FILE [--fast]') });
});

it('tells of every command what it is for, and of every option', async () => {
  const { out } = await type('--help', commands);
  for (const { name, summary, options } of commands) {
    expect(out).toContain(`${name}`);
    expect(summary).toMatch(/\.$/);
    expect((await type(`${name} --help`, commands)).out).toContain(summary);
    for (const { help } of Object.values(options)) expect(help).not.toBe('');
  }
});
