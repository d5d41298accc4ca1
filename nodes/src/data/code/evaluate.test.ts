import type { QuickJSWASMModule } from 'quickjs-emscripten-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { cpuClock, loadQuickJs } from '../../testing/run-code.ts';
import { type CodeEnd, createCodeService, evaluateCode } from './evaluate.ts';

let quickjs: QuickJSWASMModule;
beforeAll(async () => {
  quickjs = await loadQuickJs();
});

const input = {
  variables: { a: 1, list: [1, 2] },
  contact: { name: 'Ana' },
  message: null,
  now: '2026-03-02T09:00:00.000Z',
};
const run = (source: string, chance = 0.5): CodeEnd => evaluateCode(quickjs, { source, input, chance }, cpuClock);
const answerTo = (source: string, chance?: number) => {
  const end = run(source, chance);
  return end.ok ? end.value : end.message;
};

describe('code sees', () => {
  it.each([
    ['return variables.a + variables.list.length', 3],
    ['return contact.name', 'Ana'],
    ['const message = 2; return message', 2],
    ['return message', null],
    ['', null],
    ['return [1.5, "é\\u0000", {}, true, null]', [1.5, 'é\0', {}, true, null]],
    ['return "\\ud83d\\ude00" + "\\ud800"', '\u{1f600}\ud800'],
    ['return { a: undefined, b: NaN, c: new Date(), d: new Map([[1, 2]]) }', { b: null, c: input.now, d: {} }],
    ['// a comment', null],
    ['return await Promise.all([1, Promise.resolve(2)])', [1, 2]],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the script's own
    ['return `${[..."añb"].length}`', '3'],
    ['return "\0".length', 1],
  ])('%s', (source, value) => expect(answerTo(source)).toEqual(value));
});

describe('time', () => {
  it.each([
    ['new Date().toISOString()', '2026-03-02T09:00:00.000Z'],
    ['Date.now() - Date.parse(now)', 0],
    ['new Date(2026, 0, 31, 23).toISOString()', '2026-01-31T23:00:00.000Z'],
    ['new Date("2026-06-01T10:00:00").getHours()', 10],
    ['new Date("2026-06-01T10:00:00+02:00").getHours()', 8],
    ['new Date("2026-06-01").getDate()', 1],
    ['new Date(0).getTimezoneOffset()', 0],
    ['new Date(new Date(5)).getTime()', 5],
    ['new Date() instanceof Date && new Date().constructor === Date', true],
    ['class Day extends Date {}; return new Day(7) instanceof Day && new Day(7).getTime()', 7],
    ['String(new Date("never"))', 'Invalid Date'],
    ['typeof Date()', 'string'],
  ])('%s', (code, value) => expect(answerTo(code.includes('return') ? code : `return ${code}`)).toEqual(value));

  it('draws the same again, and otherwise from elsewhere', () => {
    const draws = 'return Array.from({ length: 5 }, () => Math.random())';
    expect(answerTo(draws, 0.25)).toEqual(answerTo(draws, 0.25));
    expect(answerTo(draws, 0.25)).not.toEqual(answerTo(draws, 0.75));
    const mean = answerTo('let sum = 0; for (let i = 0; i < 1000; i++) sum += Math.random(); return sum / 1000', 0);
    expect(mean).toBeGreaterThan(0.45);
    expect(mean).toBeLessThan(0.55);
  });
});

describe('tells the author', () => {
  it.each([
    ['const a = 1;\nreturn a.b.c', "TypeError: cannot read property 'c' of undefined (line 2)."],
    ['return {;', 'SyntaxError: invalid property name (line 1).'],
    ['\n\nthrow new RangeError("no price")', 'RangeError: no price (line 3).'],
    ['const f = () => {\n  throw new Error("inside")\n};\nreturn f()', 'Error: inside (line 2).'],
    ['throw 7', 'The code threw 7.'],
    ['throw null', 'The code threw null.'],
    ['throw { message: { toString: null } }', 'The code threw {"message":{"toString":null}}.'],
    [
      'return fetch("https://x")',
      /^ReferenceError: .*fetch.* \(line 1\)\. To ask another system, put the node Call an API/,
    ],
    ['return process.env', /^ReferenceError: .*process.* The code sees variables, contact, message and now/],
    ['while (true);', 'The code ran longer than 100 ms. Do less in it, or in several nodes.'],
    ['await new Promise(() => {})', 'The code waits for something that never comes.'],
    ['return () => 1', 'The code returned a function, which cannot be kept.'],
    ['return Symbol("s")', 'The code returned a symbol, which cannot be kept.'],
    ['return 1n', /^TypeError: .*BigInt/i],
    ['const a = {}; a.a = a; return a', /^TypeError: .*circular/],
    ['return "x".repeat(256_000)', 'The code returned more than 256000 characters of JSON.'],
    ['const f = () => f() + 1; return f()', 'The code calls itself, or nests values, too deeply.'],
    ['let a = 1; for (let i = 0; i < 61; i++) a = [a]; return a', 'The code returned a value of more than 60 levels.'],
    ['throw new Error("x".repeat(9_999))', /^Error: x{400,500}\.$/],
  ])('%j', (source, message) => {
    const end = run(source);
    expect(end.ok).toBe(false);
    if (!end.ok) typeof message === 'string' ? expect(end.message).toBe(message) : expect(end.message).toMatch(message);
  });

  it('keeps 60 levels, and brackets in texts are none', () => {
    expect(run('let a = 1; for (let i = 0; i < 60; i++) a = [a]; return a').ok).toBe(true);
    expect(answerTo(`return { a: '[['.repeat(100) + '"' + '\\\\' }`)).toEqual({ a: `${'[['.repeat(100)}"\\` });
  });
});

describe('logs', () => {
  it('keeps what was written, also by code that fails', () => {
    const logs = ['a 1 {"b":[2]}', 'undefined', 'TypeError: no (line 3)', 'null'];
    const lines =
      'console.log("a", 1, { b: [2] });\nconsole.warn(undefined);\nconsole.error(new TypeError("no"));console.log(null)';
    expect(run(lines).logs).toEqual(logs);
    expect(run(`${lines}; throw 1`).logs).toEqual(logs);
  });

  it('is bounded in lines and in size', () => {
    const many = run('for (let i = 0; i < 1000; i++) console.log(i)').logs;
    expect(many).toHaveLength(50);
    expect(many.at(-1)).toBe('(there was more)');
    const long = run('for (let i = 0; i < 40; i++) console.log("x".repeat(1000))').logs;
    expect(long).toHaveLength(8);
    expect(long.at(-1)).toBe('(there was more)');
  });
});

it('loads QuickJS at the first run, and anew after a run that broke it', async () => {
  let loads = 0;
  const load = () => {
    loads += 1;
    return loadQuickJs();
  };
  const code = createCodeService(load, cpuClock);
  const request = { input, chance: 0 };
  expect(loads).toBe(0);
  await expect(code({ source: 'return 1', ...request })).resolves.toEqual({ value: 1, logs: [] });
  await expect(code({ source: 'return 2', ...request })).resolves.toEqual({ value: 2, logs: [] });
  expect(loads).toBe(1);
  await expect(code({ source: 'JSON.parse("[".repeat(1e6))', ...request })).rejects.toThrow('too deeply');
  await expect(code({ source: 'return 3', ...request })).resolves.toEqual({ value: 3, logs: [] });
  expect(loads).toBe(2);
});
