import { words } from './words.ts';

const E164 = /^\+[1-9]\d{6,14}$/;
const WEB = /^https?:\/\/[^\s/]+/i;
const MAX_DELAY = 120_000; // ms, the simulator's own

/** What is wrong with a field, in words; null: nothing. */
type Check = (value: string) => string | null;

export const nameGiven: Check = (value) => (value.trim() ? null : words.contact.nameWrong);
export const phoneGiven: Check = (value) => (E164.test(value.trim()) ? null : words.contact.phoneWrong);
export const delayGiven: Check = (value) =>
  /^\d{1,6}$/.test(value.trim()) && Number(value) <= MAX_DELAY ? null : words.trouble.delayWrong;
export const webAddress =
  (wrong: string): Check =>
  (value) =>
    WEB.test(value.trim()) ? null : wrong;

/** For a field that may stay empty. */
export const ifAny =
  (check: Check): Check =>
  (value) =>
    value.trim() === '' ? null : check(value);
