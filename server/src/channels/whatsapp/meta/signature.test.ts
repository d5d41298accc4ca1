import { describe, expect, it } from 'vitest';
import { isSignedBy } from './signature.ts';

// RFC 4231, test case 2
const SECRET = 'Jefe';
const BODY = Buffer.from('what do ya want for nothing?');
const HEX = '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843';
const RIGHT = `sha256=${HEX}`;

describe('the signature of a webhook', () => {
  it('is the HMAC-SHA256 of the bytes under the app secret', () => {
    expect(isSignedBy(SECRET, BODY, RIGHT)).toBe(true);
  });

  it.each([
    ['no header', undefined],
    ['an empty one', ''],
    ['the digits alone', HEX],
    ['another algorithm', `sha1=${HEX}`],
    ['an upper-case prefix', `SHA256=${HEX}`],
    ['upper-case digits', `sha256=${HEX.toUpperCase()}`],
    ['a digit less', RIGHT.slice(0, -1)],
    ['a digit more', `${RIGHT}0`],
    ['a space behind', `${RIGHT} `],
    ['a line break behind', `${RIGHT}\n`],
    ['two of them', `${RIGHT},${RIGHT}`],
    ['no hex', `sha256=${'g'.repeat(64)}`],
    ['another digest', `sha256=${'0'.repeat(64)}`],
  ])('is refused with %s', (_, header) => {
    expect(isSignedBy(SECRET, BODY, header)).toBe(false);
  });

  it('is refused for any changed bit of the body, and for another secret', () => {
    for (let bit = 0; bit < BODY.length * 8; bit++) {
      const changed = Buffer.from(BODY);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(isSignedBy(SECRET, changed, RIGHT)).toBe(false);
    }
    expect(isSignedBy('jefe', BODY, RIGHT)).toBe(false);
  });

  it('is refused by a channel without a secret, whose HMAC anybody can compute', () => {
    const ofNothing = 'sha256=b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad';
    expect(isSignedBy('', Buffer.alloc(0), ofNothing)).toBe(false);
  });
});
