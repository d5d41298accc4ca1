import { describe, expect, it } from 'vitest';
import { compiled, named, type Patch, validatorOf } from './openapi.ts';
import { META_OWN_LIMITS } from './openapi-own-limits.ts';
import { TWILIO_CONTENT_LIMITS, TWILIO_MESSAGE_LIMITS } from './openapi-twilio-limits.ts';
import { differencesOf } from './outbound-differences.ts';
import { ourBody, withoutPlaceholders } from './outbound-meaning.ts';
import { metaBody, readReceipts, twilioBodies } from './sends-judges.ts';
import { atTheLimits } from './sends-limits.ts';
import { mutants } from './sends-mutants.ts';

const own = {
  meta: compiled(META_OWN_LIMITS),
  message: compiled(TWILIO_MESSAGE_LIMITS),
  content: compiled(TWILIO_CONTENT_LIMITS),
};
const MOST_MISSED = 0.05; // of the bodies with a fault

/** The short form of `npm run conformance:sends`, which has the providers' own specifications besides. */
describe('our own limits', () => {
  it.each(atTheLimits)('take the $source', ({ content }) => {
    const made = twilioBodies(content);
    const bodies = [metaBody(content), ...(typeof made === 'string' ? [] : made)];
    expect(bodies.map(({ call, body }) => own[call](body))).toEqual(bodies.map(() => null));
  });

  it('take both ways to mark a message as read', () => {
    expect(readReceipts.map(({ body }) => own.meta(body))).toEqual([null, null]);
  });

  it.each(['meta', 'twilio'] as const)('refuse bodies with a fault: %s', (provider) => {
    const all = mutants()[provider];
    const missed = all.filter(({ call, body }) => own[call](body) === null).map(({ fault }) => fault);
    expect(all.length).toBeGreaterThan(100);
    expect(missed.length, missed.join('; ')).toBeLessThanOrEqual(MOST_MISSED * all.length);
  });
});

describe('a patch of a specification', () => {
  const halves = {
    Base: { type: 'object', required: ['to'], properties: { to: { type: 'string' } } },
    Text: {
      allOf: [
        { $ref: '#/components/schemas/Base' },
        { type: 'object', required: ['text'], additionalProperties: false, properties: { text: { type: 'string' } } },
      ],
    },
  };

  it('changes a copy, and only what it says', () => {
    const change: Patch['change'] = (schemas) => {
      named(schemas, 'Base').required = [];
    };
    const body = { text: 'Hi' };
    expect(validatorOf(halves, 'Text', [])(body)).toContain('to');
    expect(validatorOf(halves, 'Text', [{ why: 'it is optional', change }])(body)).toBeNull();
    expect(halves.Base.required).toEqual(['to']);
  });
});

describe('a recorded body', () => {
  it('is compared place by place', () => {
    expect(differencesOf({ a: [1, { b: 2 }], c: {} }, { a: [1, { b: 3 }], d: null })).toEqual([
      { path: 'a.1.b', recorded: 2, ours: 3 },
      { path: 'c', recorded: '{}', ours: undefined },
      { path: 'd', recorded: undefined, ours: 'null' },
    ]);
  });

  it('is read for its meaning, and what we do not know is an error', () => {
    const recorded = { to: '+1', type: 'image', image: { link: '<http(s)://image-url>', caption: 'Look' } };
    expect(ourBody(withoutPlaceholders(recorded))).toMatchObject({
      to: '+1',
      image: { link: 'https://x.example/file', caption: 'Look' },
    });
    expect(() => ourBody(withoutPlaceholders({ to: '+1', type: 'hologram', hologram: {} }))).toThrow('hologram');
    expect(() => ourBody(withoutPlaceholders({ to: '+1', type: 'text', text: { body: '' } }))).toThrow('text');
  });
});
