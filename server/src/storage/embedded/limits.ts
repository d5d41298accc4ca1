/** What the store holds at most, in one place. Beyond a limit there is an error or a closed connection, never a stuck store. */

/** Bytes of one message, as hello says. */
export const MAX_MESSAGE = 48_000_000;

/** Connections at once; drivers keep up to a hundred each. One more is closed at once. */
export const MAX_CONNECTIONS = 2_000;

/** Requests of one connection that wait for those before them; then it is not read from any more. Drivers send one. */
export const MAX_WAITING = 16;

/** Bytes of replies that one connection has not read; its next request is answered when it has read them. */
export const MAX_UNREAD = 1024 * 1024;

/**
 * Bytes of messages and replies under way, over all connections: five of the largest messages. Beyond it the connection
 * that moved nothing for the longest is closed, and its driver tries again elsewhere.
 */
export const MAX_HELD = 256 * 1024 * 1024;

/** Milliseconds of work, of one command or for one connection, before the others get their turn. */
export const SLICE = 5;

/** Bytes of one batch of a cursor: MongoDB's own limit. A larger document comes alone. */
export const MAX_BATCH = 16 * 1024 * 1024;

/** Cursors that clients hold open at once; each holds at least its place and some rows read ahead. */
export const MAX_CURSORS = 10_000;

/** Milliseconds until a forgotten cursor is closed: MongoDB's default. */
export const CURSOR_IDLE = 10 * 60 * 1000;

/** Bytes that one sort, or one $group, holds in memory: MongoDB's own limit. Beyond it the command is refused with 292. */
export const MAX_WORKING = 100 * 1024 * 1024;

/** Bytes of the different values of one distinct, which are one document: MongoDB's own limit, error 17217. */
export const MAX_DISTINCT = 16 * 1024 * 1024;

/** What a held row costs beside its bytes and its key, as measured: objects, buffers and their places in lists. */
export const ROW_OVERHEAD = 350;

/** What a group costs beside its key: the place in the map and what counts for it, as measured. */
export const GROUP_OVERHEAD = 360;

/** How much more a decoded value takes than its bytes, as measured with messages of 255 bytes. */
export const DECODED_FACTOR = 3.2;

/**
 * Bytes that the process of a store with a million messages takes at most (`tests/bench/memory.ts` measures it): the page
 * cache of 64 MB, 256 MB of the file mapped, some sorts and groups at once, and what V8 has not yet given back.
 */
export const MAX_RESIDENT = 1024 * 1024 * 1024;
