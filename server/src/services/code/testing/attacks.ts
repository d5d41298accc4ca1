import type { Json } from '@parley/runtime';

/** Code that an author who means harm writes (research on reliability, 3.3: A11 to A19), and what must come of it. */
export interface Attack {
  id: string;
  name: string;
  source: string;
  /** The value it is left with, or what the author reads instead. */
  ends: { value: Json } | { error: RegExp };
}

const NOT_THERE = { value: 'not there' };
const TOO_LONG = { error: /ran longer than 100 ms/ };
const TOO_BIG = {
  error: /more than 32 MB|ran longer|string too long|invalid string|invalid array|out of memory|too deeply/,
};
const ENDED = { error: /did not stop by itself|ran longer/ };
const TOO_DEEP = { error: /too deeply/ };

/** Looks for the host's things behind an expression that should lead out. */
const reach = (expression: string) =>
  `const out = ${expression}; const found = out && (out.process || out.require || out.Deno || out.WebAssembly);
   return found ? 'ESCAPED' : 'not there';`;
const tryTo = (code: string) => `try { ${code} } catch (error) { return 'not there'; } return 'ESCAPED';`;

const attack = (id: string, name: string, source: string, ends: Attack['ends']): Attack => ({ id, name, source, ends });

export const attacks: Attack[] = [
  attack('A11', 'process', 'return typeof process === "undefined" ? "not there" : "ESCAPED"', NOT_THERE),
  attack('A11', 'require', tryTo('require("fs")'), NOT_THERE),
  attack('A11', 'import()', tryTo('await import("fs")'), NOT_THERE),
  attack('A11', 'import() of a file', tryTo('await import("file:///etc/passwd")'), NOT_THERE),
  attack('A11', 'globalThis.constructor', reach('globalThis.constructor.constructor("return this")()'), NOT_THERE),
  attack('A11', 'Function constructor', reach('Function("return this")()'), NOT_THERE),
  attack('A11', 'indirect eval', reach('(0, eval)("this")'), NOT_THERE),
  attack('A11', "console.log's constructor", reach('console.log.constructor("return this")()'), NOT_THERE),
  attack('A11', "QuickJS' own modules", 'return typeof std + typeof os + typeof scriptArgs', {
    value: 'undefinedundefinedundefined',
  }),
  attack(
    'A12',
    'Error.prepareStackTrace',
    `Error.prepareStackTrace = (error, frames) => frames; const { stack } = new Error();
    ${reach('Array.isArray(stack) && stack[0] && stack[0].getThis && stack[0].getThis()')}`,
    NOT_THERE,
  ),
  attack(
    'A12',
    'error of the host',
    `const deep = () => { try { deep(); } catch (error) { globalThis.caught = error; throw error; } };
    try { deep(); } catch {} ${reach('globalThis.caught && globalThis.caught.constructor.constructor("return this")()')}`,
    NOT_THERE,
  ),
  attack(
    'A12',
    'async generator',
    `async function* steps() { yield 1; } const it = steps(); it.return({ get then() { throw new Error(); } }).catch(() => {});
    ${reach('it.constructor.constructor("return this")()')}`,
    NOT_THERE,
  ),
  attack(
    'A12',
    'async generator constructor',
    reach('(async function* () {}).constructor("return this")().constructor'),
    NOT_THERE,
  ),
  attack(
    'A12',
    'Proxy traps',
    `const seen = []; const p = new Proxy({}, { get: (t, k, r) => { seen.push(r); return undefined; } });
    try { console.log(p); JSON.stringify(p); } catch {} ${reach('seen.map((one) => one.constructor).find((one) => one && one.process)')}`,
    NOT_THERE,
  ),
  attack(
    'A12',
    'Symbol.species',
    `class Odd extends Array { static get [Symbol.species]() { return Function; } }
    ${reach('(() => { try { return new Odd(1).map(() => "return this"); } catch { return null; } })()')}`,
    NOT_THERE,
  ),
  attack(
    'A12',
    'Promise.then replaced',
    `Promise.prototype.then = function (done) { done && done(this); return this; }; ${reach('this')}`,
    NOT_THERE,
  ),
  attack(
    'A12',
    'caller and arguments',
    tryTo('"use strict"; (function () { return arguments.callee.caller.constructor; })()'),
    NOT_THERE,
  ),
  attack(
    'A12',
    'toString of a built-in that runs',
    `Object.prototype.toString = () => { throw 1; }; Function.prototype.call = null; return 1`,
    { value: 1 },
  ),
  attack('A12', 'JSON broken', 'JSON.stringify = () => "[[["; JSON.parse = null; return { a: 1 }', { value: { a: 1 } }),
  attack('A13', 'endless loop', 'for (;;);', TOO_LONG),
  attack('A13', 'endless loop that catches', 'for (;;) { try { for (;;); } catch {} finally { continue; } }', TOO_LONG),
  attack(
    'A13',
    'microtask flood',
    'const again = () => Promise.resolve().then(again); await again(); return 1',
    TOO_LONG,
  ),
  attack('A13', 'async recursion', 'const again = async () => { await null; return again(); }; return again()', {
    error: /ran longer|32 MB/,
  }),
  attack(
    'A13',
    'microtasks left behind',
    'const again = () => { Promise.resolve().then(again); }; again(); return 1',
    TOO_LONG,
  ),
  attack('A13', 'a promise that never settles', 'await new Promise(() => {})', { error: /never comes/ }),
  attack('A13', 'regular expression', 'return /^(a+)+$/.test("a".repeat(50000) + "b")', {
    error: /ran longer|too deeply|32 MB/,
  }),
  attack('A13', 'regular expression, backreferences', 'return /(x+x+)+\\1y/.test("x".repeat(5000))', {
    error: /ran longer|32 MB/,
  }),
  attack('A13', 'endless built-in', 'Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1)', ENDED),
  attack('A13', 'sort that never agrees', 'return Array.from({ length: 1e6 }, (_, i) => i).sort(() => { for (;;); })', {
    error: /ran longer|32 MB/,
  }),
  attack('A13', 'string of 1 GB', 'return "x".repeat(2 ** 30).length', TOO_BIG),
  attack('A13', 'doubling string', 'let s = "x"; for (;;) s += s;', TOO_BIG),
  attack('A13', 'array of 2^32', 'return new Array(2 ** 32 - 1).fill(0).length', {
    error: /32 MB|ran longer|did not stop/,
  }),
  attack('A13', 'typed array of 2 GB', 'return new Uint8Array(2 ** 31).length', TOO_BIG),
  attack('A13', 'array buffer of 4 GB', 'return new ArrayBuffer(2 ** 32).byteLength', TOO_BIG),
  attack('A13', 'many small things', 'const kept = []; for (;;) kept.push({ a: [1, 2, 3] });', TOO_BIG),
  attack('A13', 'BigInt', 'let n = 3n; for (;;) n *= n;', { error: /ran longer|32 MB|BigInt|did not stop/i }),
  attack('A13', 'recursion', 'const f = () => f() + 1; return f()', TOO_DEEP),
  attack('A13', 'recursion by toString', 'const o = { toString() { return String(o); } }; return String(o)', TOO_DEEP),
  attack('A13', 'deep JSON read', 'return JSON.parse("[".repeat(1e6))', TOO_DEEP),
  attack('A13', 'deep JSON written', 'let o = []; for (let i = 0; i < 1e5; i++) o = [o]; return o', {
    error: /too deeply|levels|ran longer|did not stop/,
  }),
  attack('A13', 'deep source', 'return eval("(".repeat(1e5))', TOO_DEEP),
  attack('A13', 'large return', 'return "x".repeat(1e6)', { error: /more than 256000/ }),
  attack('A13', 'sparse return', 'const a = []; a.length = 5e6; return a', {
    error: /more than 256000|ran longer|32 MB/,
  }),
  attack('A13', 'Atomics.wait', tryTo('Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)'), NOT_THERE),
  attack(
    'A14',
    'Proxy',
    'return new Proxy({}, { ownKeys: () => ["a"], getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }), get: () => 1 })',
    { value: { a: 1 } },
  ),
  attack('A14', 'getter', 'return { get a() { return 2; } }', { value: { a: 2 } }),
  attack('A14', 'getter that never ends', 'return { get a() { for (;;); } }', TOO_LONG),
  attack('A14', 'thenable', 'return { then(done) { done(7); } }', { value: 7 }),
  attack('A14', 'thenable that gives itself', 'const odd = { then(done) { done(odd); } }; return odd', TOO_LONG),
  attack('A14', 'cyclic', 'const a = {}; a.a = a; return a', { error: /circular/ }),
  attack('A14', 'toJSON', 'return { toJSON: () => ({ a: 1 }) }', { value: { a: 1 } }),
  attack('A14', '__proto__ as a key', 'return Object.keys(JSON.parse("{\\"__proto__\\": {\\"admin\\": true}}"))', {
    value: ['__proto__'],
  }),
  attack('A14', 'throws a getter', 'throw { get message() { for (;;); } }', TOO_LONG),
  attack('A14', 'throws a Proxy', 'throw new Proxy(Error(), { get: () => { throw 1; } })', {
    error: /cannot be shown/,
  }),
  attack('A15', 'fetch of the cloud', 'return await fetch("http://169.254.169.254/latest/meta-data/")', {
    error: /fetch.*Call an API/,
  }),
  attack('A15', 'XMLHttpRequest and sockets', 'return typeof XMLHttpRequest + typeof WebSocket + typeof EventSource', {
    value: 'undefinedundefinedundefined',
  }),
  attack('A16', 'leaves a global behind', 'globalThis.secret = "s3cret"; Array.prototype.leak = "s3cret"; return 1', {
    value: 1,
  }),
  attack(
    'A16',
    'looks for what was left',
    'return [typeof secret, typeof [].leak, Object.keys(globalThis).filter((name) => name === "secret").length]',
    { value: ['undefined', 'undefined', 0] },
  ),
  attack(
    'A16',
    'breaks the built-ins',
    'Object.prototype.then = 1; Object.defineProperty(Object.prototype, "ok", { get: () => 1 }); Date = Math.random = null; return 1',
    { value: 1 },
  ),
  attack(
    'A16',
    'finds them whole',
    'return [typeof Date, Math.random() < 1, {}.ok === undefined, {}.then === undefined]',
    { value: ['function', true, true, true] },
  ),
  attack('A16', 'old memory of a buffer', 'return new Uint8Array(2 ** 20).every((byte) => byte === 0)', {
    value: true,
  }),
  attack('A17', 'WebAssembly', 'return typeof WebAssembly', { value: 'undefined' }),
  attack('A17', 'bytecode', 'return [typeof bjson, typeof loadScript, typeof evalScript]', {
    value: ['undefined', 'undefined', 'undefined'],
  }),
  attack('A19', 'log flood', 'for (let i = 0; i < 5000; i++) console.log("x".repeat(500)); return 1', { value: 1 }),
  attack('A19', 'log of a giant', 'console.log("x".repeat(5e6)); return 1', { value: 1 }),
  attack(
    'A19',
    'log of what cannot be shown',
    'console.log({ toJSON() { throw 1; } }, Symbol("s"), 1n, Object.create(null)); return 1',
    { value: 1 },
  ),
];

/** How much the runner may have written for an author at the most: lines, characters. */
export const LOG_LIMITS = { lines: 50, characters: 8_100 };
