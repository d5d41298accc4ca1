import { fold, type InboundMessage, type Json, valueToNumber } from '@parley/runtime';
import { parsePhoneNumberFromString } from 'libphonenumber-js';
import { DateTime } from 'luxon';

export const ANSWERS = ['text', 'number', 'email', 'phone', 'date', 'choice', 'media', 'location'] as const;
export type Answer = (typeof ANSWERS)[number];

interface Expected {
  answer: Answer;
  choices: string[];
  words: boolean;
  language: string;
}

const MEDIA = new Set(['image', 'video', 'audio', 'document', 'sticker']);
const MAX_EMAIL = 254; // characters, RFC 5321; the expression below takes quadratic time
const EMAIL = /^[^\s@<>(),;]+@[^\s@<>(),;]+\.[^\s@<>(),;]{2,}$/;
const WORDS: Record<string, string[]> = {
  en: ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'],
  es: ['cero', 'uno', 'dos', 'tres', 'cuatro', 'cinco', 'seis', 'siete', 'ocho', 'nueve', 'diez', 'once', 'doce'],
  pt: ['zero', 'um', 'dois', 'tres', 'quatro', 'cinco', 'seis', 'sete', 'oito', 'nove', 'dez', 'onze', 'doze'],
};

/** The value that a message gives for the kind of answer that was asked for; undefined where it gives none. */
export function readAnswer(message: InboundMessage, expected: Expected): Json | undefined {
  const text = message.text?.trim() ?? '';
  switch (expected.answer) {
    case 'text':
      return text === '' ? undefined : text;
    case 'number':
      return readNumber(text, expected) ?? undefined;
    case 'email':
      return text.length <= MAX_EMAIL && EMAIL.test(text) ? text.toLowerCase() : undefined;
    case 'phone':
      return readPhone(text);
    case 'date':
      return readDate(text);
    case 'choice':
      return readChoice(text, expected.choices);
    case 'media':
      return MEDIA.has(message.type) && message.media ? ({ type: message.type, ...message.media } as Json) : undefined;
    case 'location':
      return message.location ? ({ ...message.location } as Json) : undefined;
  }
}

/** `1,234.5`, `1.234,5` and `12` read as numbers; "three" only where words count. */
function readNumber(text: string, { words, language }: Expected): number | null {
  const spoken = words ? (WORDS[language.slice(0, 2).toLowerCase()] ?? WORDS.en ?? []).indexOf(fold(text)) : -1;
  if (spoken >= 0) return spoken;
  const plain = text.replace(/\s/g, '');
  if (/^[+-]?\d{1,3}(\.\d{3})+,\d+$/.test(plain)) return valueToNumber(plain.replaceAll('.', '').replace(',', '.'));
  if (/^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(plain)) return valueToNumber(plain.replaceAll(',', ''));
  if (/^[+-]?\d+,\d+$/.test(plain)) return valueToNumber(plain.replace(',', '.'));
  return valueToNumber(plain);
}

function readPhone(text: string): string | undefined {
  const phone = parsePhoneNumberFromString(text.startsWith('00') ? `+${text.slice(2)}` : text);
  return phone?.isValid() ? phone.number : undefined;
}

const DATES = [
  'yyyy-MM-dd',
  'yyyy/M/d',
  'd.M.yyyy',
  'd/M/yyyy',
  'd-M-yyyy',
  'd MMM yyyy',
  'd MMMM yyyy',
  'MMMM d, yyyy',
  'MMM d, yyyy',
];

/** ISO 8601 first, then the day before the month, as most of the world writes it. */
function readDate(text: string): string | undefined {
  for (const format of DATES) {
    const date = DateTime.fromFormat(text, format, { locale: 'en', zone: 'utc' });
    if (date.isValid) return date.toISODate();
  }
  return undefined;
}

function readChoice(text: string, choices: string[]): string | undefined {
  const said = fold(text);
  const byName = choices.find((choice) => fold(choice) === said);
  if (byName !== undefined) return byName;
  return /^\d{1,3}\.?$/.test(said) ? choices[Number.parseInt(said, 10) - 1] : undefined;
}
