import { describe, expect, it } from 'vitest';
import { type ErrorClass, explainError, type ProviderError } from './index.ts';

type Retry = ProviderError['retry'];

/** Every code that the collected facts about both providers list, with what they say about trying again. */
const META: Record<Retry, string> = {
  retry: '1 2 130429 131000 131016 131056 133004 139102 139103',
  later: '4 613 80007 131048 131057 132069 133008 133009 133015 134101',
  never: `0 3 10 33 100 102 190 200 210 219 250 294 299 368 470 130472 130497 131005 131008 131009 131014 131021 131026
    131030 131031 131036 131037 131042 131044 131045 131047 131049 131050 131051 131052 131053 131055 131062 131063
    131064 132000 132001 132005 132007 132008 132012 132015 132016 132068 133000 133005 133006 133010 133016 133099
    134011 134100 134102 135000 136024 136025 137000 138000 138006 138021 139000 139001 139002 139003 139004 139100
    139101 1752041 2388019 2388023 2388024 2388040 2388047 2388072 2388073 2388293 2388299 2388999`,
};
const TWILIO: Record<Retry, string> = {
  retry: '20429 20500 20503 30003 30008 63009 63010 63012',
  later: '21611 30001 63017 63018 63038',
  never: `20003 20404 21211 21212 21408 21602 21604 21606 21609 21610 21614 21617 21620 21623 21654 21655 21656 21660
    21703 30004 30005 30006 30007 63001 63002 63003 63005 63007 63008 63013 63014 63015 63016 63019 63020 63021 63024
    63027 63028 63031 63032 63033 63034 63037 63040 63041 63042 63049 63051 63062`,
};

const codes = (list: Record<Retry, string>) =>
  (Object.entries(list) as [Retry, string][]).flatMap(([retry, words]) =>
    words
      .trim()
      .split(/\s+/)
      .map((code) => [code, retry] as const),
  );

/** Terms of the providers' programmers: nobody else knows them. */
const JARGON =
  /\b(param\w*|hydrat\w+|oauth|waba|bsuid|pnid|mps|payload|subcode|graph|endpoint|http|locale|webhook|json|variable|sid)\b|#\d|\d{4,}/i;

describe.each([
  ['meta', META],
  ['twilio', TWILIO],
] as const)('the codes of %s', (provider, list) => {
  it.each(codes(list))('explains %s, to be tried again: %s', (code, retry) => {
    const error = explainError(provider, code);
    expect(error.code).toBe(code);
    expect(error.class).not.toBe('unknown');
    expect(error.words).toMatch(/^[A-Z].{10,}\.$/);
    expect(error.words.length).toBeLessThanOrEqual(110);
    expect(error.remedy).toMatch(/^[A-Z].{10,}\.$/);
    expect(error.words.replace('1,600', '')).not.toMatch(JARGON);
    expect(error.retry).toBe(retry);
    expect(error.afterSeconds).toEqual(retry === 'never' ? null : expect.any(Number));
  });
});

it.each([
  ['meta', '190', 'credentials'],
  ['meta', '210', 'permission'],
  ['meta', '131047', 'window'],
  ['meta', '131050', 'consent'],
  ['meta', '131048', 'quality'],
  ['meta', '132015', 'template'],
  ['meta', '132068', 'form'],
  ['meta', '131053', 'media'],
  ['meta', '133010', 'registration'],
  ['twilio', '63016', 'window'],
  ['twilio', '21610', 'consent'],
  ['twilio', '63033', 'blocked'],
  ['twilio', '20003', 'credentials'],
] satisfies ['meta' | 'twilio', string, ErrorClass][])('%s %s is of the class %s', (provider, code, group) =>
  expect(explainError(provider, code).class).toBe(group),
);

it.each([
  ['80007', 3_600],
  ['131056', 8],
  ['131057', 60],
  ['134101', 600],
  ['133015', 300],
])('Meta’s %s waits %i seconds', (code, seconds) => expect(explainError('meta', code).afterSeconds).toBe(seconds));

describe('what is no code of the tables', () => {
  it.each(['999999', '', 'constructor', '__proto__', '-1', 'x'.repeat(5_000), '<b>1</b>', '12 34', 'NaN'])(
    '%s is unknown and never tried again',
    (code) => {
      for (const provider of ['meta', 'twilio'] as const) {
        const error = explainError(provider, code);
        expect(error).toMatchObject({ code, class: 'unknown', retry: 'never', afterSeconds: null });
        expect(error.words.length).toBeLessThan(150);
      }
    },
  );

  it.each([
    ['401', 'credentials', 'never'],
    ['403', 'permission', 'never'],
    ['429', 'busy', 'retry'],
    ['503', 'temporary', 'retry'],
  ])('the status %s stands in for a code', (code, group, retry) =>
    expect(explainError('twilio', code)).toMatchObject({ class: group, retry }),
  );
});
