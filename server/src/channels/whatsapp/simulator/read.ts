import type { MarkRead } from '../gateway.ts';

/** The phone of a trial shows no ticks. */
export const simulatorReader: MarkRead = async () => null;
