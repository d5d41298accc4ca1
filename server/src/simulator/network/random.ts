/** A stream of numbers from 0 to below 1, the same for the same seed (the "mulberry32" mix). */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

export type Ids = ReturnType<typeof createIds>;

/** Ids as either provider writes them. */
export function createIds(random: () => number) {
  const drawn = (alphabet: string, length: number) =>
    Array.from({ length }, () => alphabet[Math.floor(random() * alphabet.length)]).join('');
  const hex = (length: number) => drawn('0123456789abcdef', length);

  return {
    letters: (length: number) => drawn(LETTERS, length),
    hex,
    /** Meta's ids are digits: numbers, accounts, media, templates. */
    digits: (length = 16) => `${drawn('123456789', 1)}${drawn('0123456789', length - 1)}`,
    /** Twilio's: two letters and 32 hex digits. */
    sid: (prefix: string) => `${prefix}${hex(32)}`,
    /** `wamid.` and base64, in which the phone and a direction can be seen; of variable length, as Meta's are. */
    wamid: (phone: string, from: 'customer' | 'business') =>
      `wamid.${Buffer.concat([
        Buffer.from([0x1c, 0x18, phone.length]),
        Buffer.from(phone),
        Buffer.from([0x15, 0x02, 0x00, from === 'customer' ? 0x12 : 0x11, 0x18, from === 'customer' ? 0x14 : 0x12]),
        Buffer.from(hex(from === 'customer' ? 20 : 18).toUpperCase()),
        Buffer.from([0]),
      ]).toString('base64')}`,
    /** Facebook's id of one request, for its support. */
    trace: () => `A${drawn(`${LETTERS}_-`, 22)}`,
  };
}
