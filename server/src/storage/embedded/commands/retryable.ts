/** MongoDB's drivers, retryable writes: after these errors a write may be sent again, and the server says so itself. */
const CODES = new Set([6, 7, 89, 91, 134, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436]);

export const RETRYABLE = 'RetryableWriteError';
export const mayBeSentAgain = (code: number): boolean => CODES.has(code);
