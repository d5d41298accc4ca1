/** CPU time of one run, in ms: some 300,000 steps of QuickJS, while whoever waits for an answer notices nothing. */
export const RUN_TIME = 100;
/** Memory of one run, in bytes. */
export const MAX_HEAP = 32 * 1024 * 1024;
/** The stack of QuickJS, in bytes: about a thousand calls deep. */
export const MAX_STACK = 256 * 1024;
/** The returned value as JSON, in characters. */
export const MAX_OUTPUT = 256_000;
/** Lines that `console.log` keeps. */
export const MAX_LOG_LINES = 50;
/** All kept lines together, as JSON in characters. */
export const MAX_LOG = 8_000;
/** The author's code, in characters. */
export const MAX_SOURCE = 20_000;
/** A thrown message longer than this says nothing more; in characters. */
export const MAX_MESSAGE = 500;
