const BEGIN = '\u2068'; // "first strong isolate" and its end: names and words keep their own direction within a sentence
const END = '\u2069';

/** Words of somebody, to stand in a sentence of another direction without turning it round. */
export const isolate = (words: string): string => `${BEGIN}${words}${END}`;
