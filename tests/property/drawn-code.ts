import fc from 'fast-check';

const amount = fc.integer({ min: 1, max: 40 });

/** What a marketer's script is made of: reading, counting, dates, chance, waiting for promises, throwing. */
const line = fc.oneof(
  amount.map((by) => `x = (x * 31 + ${by}) % 1009;`),
  amount.map((times) => `for (let i = 0; i < ${times}; i++) x += i % 7;`),
  amount.map((by) => `if (x % 3 === 0) throw new RangeError('three, ' + (x + ${by}));`),
  fc.constantFrom(
    'x += Math.floor(Math.random() * 1000);',
    'x += new Date().getMinutes() + new Date(now).getDay();',
    "x += (message?.text ?? '').length;",
    'x += contact.tags.length * 100;',
    'variables.n = 5; message = null;', // copies: nothing outside changes
    'x = await Promise.resolve(x + 1);',
    "console.log('x is', x, variables);",
    'x += Object.keys(variables).sort().join().length;',
    'x = Number((x / 3).toFixed(2)) || 0;',
    'variables.list.push(x);', // throws where there is no list
  ),
);

const end = fc.oneof(
  {
    weight: 200,
    arbitrary: fc.constantFrom(
      'return x;',
      'return [x, String(x), Math.random()];',
      'return { x, said: message && message.text, who: contact.name, at: now };',
      'return { contact, message };',
      'return variables;',
      "return x + ' — ' + [...(message?.text ?? '')].reverse().join('');",
      "return (message?.text ?? '').toLocaleUpperCase() + new Date(now).toLocaleDateString();",
      'return new Date(now);',
      'return;',
    ),
  },
  {
    weight: 80,
    arbitrary: fc.constantFrom(
      "throw 'no ' + x;",
      'return x.y.z;',
      'return () => x;',
      'return 10n;',
      'return (;',
      "return fetch('https://a.example/');",
      'return { toJSON() { throw new Error("never " + x); } };',
    ),
  },
  {
    // Limits that are met soon; the one that takes its whole time comes seldom. Not here: memory that fills up bit by
    // bit, which is ended from outside, sooner on a server than in a browser
    weight: 40,
    arbitrary: fc.constantFrom(
      'const call = () => call() + 1; return call();',
      "return 'é'.repeat(60_000);",
      "return 'é'.repeat(150_000);",
      "return 'x'.repeat(257_000);",
      'let deep = x; for (let i = 0; i < 100; i++) deep = [deep]; return deep;',
      'return await new Promise(() => {});',
      'return new ArrayBuffer(40_000_000).byteLength;',
    ),
  },
  // Only after one word: in a circle of flows that start each other it would take half an hour
  { weight: 1, arbitrary: fc.constant("if (message?.text === 'twelve') for (;;) x++;") },
);

/** Configs of `data.code`: small scripts that compute something, throw, or meet a limit. */
export const drawnCode = fc.record({
  code: fc
    .tuple(fc.array(line, { maxLength: 4 }), end)
    .map(([lines, last]) => ['let x = Number(variables.n) || 7;', ...lines, last].join('\n')),
  saveAs: fc.constantFrom(undefined, 'n', 'found', 'list', 'answer'),
});
