import { type InboundMessage, type Json, matchesPattern, valueToNumber } from '@parley/runtime';
import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js';
import { chosen } from '../choice.ts';
import { westernDigits } from '../digits.ts';
import { choicesOf, severalChosen } from './choices.ts';
import type { Config } from './config.ts';
import { dayOf, limitDay, readDate } from './date.ts';
import { readNumber } from './number.ts';
import type { Refusal } from './refusal.ts';

/** What the question is asked in and when: both decide how an answer reads. */
export interface Asked {
  language: string;
  timezone: string;
  now: string;
}

export type Reading = { value: Json } | { refused: Refusal };

const MEDIA = new Set(['image', 'video', 'audio', 'document', 'sticker']);
const MAX_EMAIL = 254; // characters, RFC 5321; the expression below takes quadratic time
const EMAIL = /^[^\s@<>(),;]+@[^\s@<>(),;]+\.[^\s@<>(),;]{2,}$/;

const refused = (refusal: Refusal): Reading => ({ refused: refusal });
const orRefused = (value: Json | undefined, refusal: Refusal): Reading =>
  value === undefined ? refused(refusal) : { value };

/** The value that a message gives for the kind of answer that was asked for, or why it gives none. */
export function readAnswer(message: InboundMessage, config: Config, asked: Asked): Reading {
  const text = message.text?.trim() ?? '';
  switch (config.answer) {
    case 'text':
      return readText(text, config);
    case 'number':
      return readLimited(text, config, asked);
    case 'email':
      return orRefused(text.length <= MAX_EMAIL && EMAIL.test(text) ? text.toLowerCase() : undefined, {
        code: 'email',
      });
    case 'phone':
      return orRefused(readPhone(text, config.country), { code: config.country ? 'phoneAtHome' : 'phone' });
    case 'date':
      return readDay(text, config, asked);
    case 'choice':
      return config.multiple ? readChoices(message, config) : readChoice(message, config);
    case 'media':
      return readMedia(message, config);
    case 'location':
      return orRefused(message.location ? { ...message.location } : undefined, { code: 'location' });
  }
}

function readText(text: string, { minLength, maxLength, pattern, patternWords }: Config): Reading {
  if (text === '') return refused({ code: 'text' });
  const length = [...text].length;
  if (minLength !== undefined && length < minLength) return refused({ code: 'shorter', limit: minLength });
  if (maxLength !== undefined && length > maxLength) return refused({ code: 'longer', limit: maxLength });
  if (pattern !== undefined && !matchesPattern(`^(?:${pattern})$`, text))
    return refused({ code: 'pattern', words: patternWords ?? null });
  return { value: text };
}

function readLimited(text: string, config: Config, { language }: Asked): Reading {
  const value = readNumber(text, language, config.words);
  if (value === null) return refused({ code: config.integer ? 'integer' : 'number' });
  if (config.integer && !Number.isInteger(value)) return refused({ code: 'integer' });
  const [min, max] = [numberLimit('min', config.min), numberLimit('max', config.max)];
  const fits = (min === null || value >= min) && (max === null || value <= max);
  return fits ? { value } : refused({ code: 'numberRange', min, max });
}

function numberLimit(field: string, limit: number | string | undefined): number | null {
  if (limit === undefined) return null;
  const value = valueToNumber(limit);
  if (value === null) throw new Error(`${field} is "${limit}", which is not a number.`);
  return value;
}

function readPhone(text: string, country: string | undefined): string | undefined {
  const plain = westernDigits(text);
  const home = country !== undefined && isSupportedCountry(country) ? country : undefined;
  const phone = parsePhoneNumberFromString(plain.startsWith('00') ? `+${plain.slice(2)}` : plain, home);
  return phone?.isValid() ? phone.number : undefined;
}

function readDay(text: string, config: Config, { language, timezone, now }: Asked): Reading {
  const day = readDate(text, language);
  if (day === undefined) return refused({ code: 'date' });
  const today = dayOf(now, timezone);
  if (config.period === 'past' && day > today) return refused({ code: 'past' });
  if (config.period === 'future' && day < today) return refused({ code: 'future' });
  const [min, max] = [dayLimit('min', config.min, today), dayLimit('max', config.max, today)];
  const fits = (min === null || day >= min) && (max === null || day <= max);
  return fits ? { value: day } : refused({ code: 'dateRange', min, max });
}

function dayLimit(field: string, limit: number | string | undefined, today: string): string | null {
  if (limit === undefined) return null;
  const day = limitDay(limit, today);
  if (day === null) throw new Error(`${field} is "${limit}", which is not a date such as 2026-03-31.`);
  return day;
}

function readChoice(message: InboundMessage, config: Config): Reading {
  const choices = choicesOf(config.choices);
  const choice = chosen(choices, message);
  return orRefused(choice?.id, { code: 'choice', titles: choices.map((one) => one.title) });
}

function readChoices(message: InboundMessage, config: Config): Reading {
  const choices = choicesOf(config.choices);
  const found = severalChosen(choices, message);
  const least = numberLimit('min', config.min) ?? 1;
  const most = numberLimit('max', config.max) ?? choices.length;
  if (found && found.length >= least && found.length <= most) return { value: found.map((choice) => choice.id) };
  return refused({ code: 'choices', titles: choices.map((one) => one.title), least, most });
}

function readMedia({ type, media }: InboundMessage, { kinds }: Config): Reading {
  const wanted = kinds ? (kinds as string[]).includes(type) : MEDIA.has(type);
  return wanted && media ? { value: { type, ...media } } : refused({ code: 'media', kinds: kinds ?? [] });
}
