import type { Gateway } from '../gateway.ts';

/** The provider of trials: takes every message at once. What the phone got is read from the conversation's messages. */
export const simulatorGateway: Gateway = async ({ reference }) => ({
  kind: 'accepted',
  providerId: `simulated.${reference}`,
});
