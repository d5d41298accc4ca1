import { MAX_LOG, MAX_LOG_LINES, MAX_MESSAGE, MAX_OUTPUT } from './limits.ts';

/** Lines that the Function constructor writes above the body: `async function anonymous(` and `) {`. */
const LINES_ABOVE = 2;

/**
 * What runs inside QuickJS before the author's code does; its value is { begin, read }. `begin(json)` sets up the globals
 * and calls the code, `read(part)` gives a finished text: the `state`, the `body` (JSON, or the message for the author) or
 * the `logs` (JSON). There is no function of the host in here, so there is nothing to escape through. The code may break
 * any built-in: what must still work afterwards holds on to its own, and only ever adds strings.
 *
 * Local time is UTC and stands still at `now`, and `Math.random` begins at `chance`: a repetition gives the same.
 */
export const PRELUDE = String.raw`(() => {
  'use strict';
  const { stringify, parse } = JSON;
  const { construct } = Reflect;
  const { imul } = Math;
  const toText = String;
  const AsyncFunction = (async () => {}).constructor;
  const finished = { state: 'running', body: '', logs: '' };
  let lines = 0;

  function useClock(now) {
    const Real = Date;
    const zoned = /T.*(?:Z|[+-]\d\d:?\d\d)$/i;
    const read = (text) => Real.parse(/\d\dT\d\d/.test(text) && !zoned.test(text) ? text + 'Z' : text);
    function Clock(...parts) {
      if (!new.target) return new Real(now).toString();
      if (parts.length === 0) return construct(Real, [now], new.target);
      if (parts.length > 1) return construct(Real, [Real.UTC(...parts)], new.target);
      return construct(Real, [typeof parts[0] === 'string' ? read(parts[0]) : parts[0]], new.target);
    }
    Clock.prototype = Real.prototype;
    Clock.now = () => now;
    Clock.parse = (text) => read(toText(text));
    Clock.UTC = Real.UTC;
    const own = Real.prototype;
    for (const part of ['FullYear', 'Month', 'Date', 'Day', 'Hours', 'Minutes', 'Seconds', 'Milliseconds']) {
      own['get' + part] = own['getUTC' + part];
      if (part !== 'Day') own['set' + part] = own['setUTC' + part];
    }
    own.getTimezoneOffset = () => 0;
    own.constructor = Clock;
    globalThis.Date = Clock;
  }

  function useChance(chance) {
    let seed = (chance * 4294967296) >>> 0;
    Math.random = () => {
      seed = (seed + 0x9e3779b9) >>> 0;
      let mixed = imul(seed ^ (seed >>> 16), 0x21f0aaad);
      mixed = imul(mixed ^ (mixed >>> 15), 0x735a2d97);
      return ((mixed ^ (mixed >>> 15)) >>> 0) / 4294967296;
    };
  }

  function show(value) {
    if (typeof value === 'string') return value;
    try {
      return value instanceof Error ? describe(value) : (stringify(value) ?? toText(value));
    } catch {
      return '(cannot be shown)';
    }
  }

  function log(...values) {
    if (lines >= ${MAX_LOG_LINES}) return;
    let line = '';
    for (let i = 0; i < values.length; i++) line += (i ? ' ' : '') + show(values[i]);
    let added = stringify(line);
    // As long as all the lines together may be: whoever writes more is told so once, and then no more is kept
    if (++lines === ${MAX_LOG_LINES} || finished.logs.length + added.length > ${MAX_LOG}) {
      lines = ${MAX_LOG_LINES};
      added = '"(there was more)"';
    }
    finished.logs += (finished.logs && ',') + added;
  }

  function describe(thrown) {
    if (typeof thrown !== 'object' || thrown === null || typeof thrown.message !== 'string')
      return 'The code threw ' + show(thrown);
    const line = /<input>:(\d+)/.exec(toText(thrown.stack))?.[1] - ${LINES_ABOVE};
    return toText(thrown.name) + ': ' + thrown.message + (line > 0 ? ' (line ' + line + ')' : '');
  }

  function end(state, body) {
    finished.body = body;
    finished.state = state;
  }

  function fail(thrown) {
    let words = 'The code threw something that cannot be shown';
    try {
      words = describe(thrown);
    } catch {}
    end('threw', words.length > ${MAX_MESSAGE} ? words.slice(0, ${MAX_MESSAGE}) : words);
  }

  function keep(value) {
    if (value === undefined) return end('returned', 'null');
    const body = stringify(value);
    if (body === undefined) return end('threw', 'The code returned a ' + typeof value + ', which cannot be kept');
    if (body.length > ${MAX_OUTPUT}) return end('threw', 'The code returned more than ${MAX_OUTPUT} characters of JSON');
    end('returned', body);
  }

  async function run(source) {
    try {
      keep(await AsyncFunction(source)());
    } catch (thrown) {
      fail(thrown);
    }
  }

  return {
    begin(json) {
      const { source, input, chance } = parse(json);
      const now = Date.parse(input.now);
      useClock(now);
      useChance(chance);
      globalThis.console = { log, info: log, warn: log, error: log, debug: log };
      for (const name in input) globalThis[name] = input[name];
      run(source);
    },
    read: (part) => finished[part],
  };
})()`;
