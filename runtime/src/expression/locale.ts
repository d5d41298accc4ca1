import { FixedOffsetZone, IANAZone, type Zone } from 'luxon';
import { Cache } from './cache.ts';

/** In what language and zone a template is written where it names none. */
export interface Locale {
  /** BCP 47, such as `pt-BR`; one that is not known reads as `en`. */
  language?: string;
  /** IANA, such as `Europe/Lisbon`, or an offset, `UTC+2`; one that is not known reads as `UTC`. */
  zone?: string;
  /** ISO 8601; without it the scope's own `now`. */
  now?: string;
}

export const DEFAULT_LANGUAGE = 'en';
export const UTC: Zone = FixedOffsetZone.utcInstance;

const MAX_KEPT = 200; // formatters of a kind: some 20 kB each, and a fresh one takes 50 microseconds and more
const MAX_NAME = 40; // characters; the longest zone has 32
const TAG = /^([a-z]{2,3})(?:[-_]([a-z]{4}))?(?:[-_]([a-z]{2}|\d{3}))?$/i;
const OFFSET = /^(?:utc|gmt)?([+-]\d{1,2})(?::?(\d{2}))?$/i;
const MAX_OFFSET = 14 * 60; // minutes; Kiritimati
/** Platforms differ in which blank they put between digits or before AM; texts would differ between browser and server. */
const BLANKS = /[\u{a0}\u{202f}\u{2009}]/gu;

const languages = new Cache<string>(MAX_KEPT);
const zones = new Cache<{ zone: Zone | null }>(MAX_KEPT);

/** The language that the platform has words for, `en` where it has none: never the machine's own. */
export function languageOf(tag: string | null | undefined): string {
  if (!tag) return DEFAULT_LANGUAGE;
  return tag.length > MAX_NAME ? DEFAULT_LANGUAGE : languages.of(tag, () => knownLanguage(tag));
}

function knownLanguage(tag: string): string {
  const [, language, script, region] = TAG.exec(tag.trim()) ?? [];
  const plain = [language, script, region].filter(Boolean).join('-');
  try {
    return Intl.NumberFormat.supportedLocalesOf(plain).length > 0
      ? new Intl.NumberFormat(plain).resolvedOptions().locale
      : DEFAULT_LANGUAGE;
  } catch {
    return DEFAULT_LANGUAGE;
  }
}

/** The zone of a name; null for none, for `local` and for `system`, which would mean the machine's own. */
export function zoneOf(name: string): Zone | null {
  return name.length > MAX_NAME ? null : zones.of(name, () => ({ zone: knownZone(name.trim()) })).zone;
}

function knownZone(name: string): Zone | null {
  if (/^(utc|gmt|z)$/i.test(name)) return UTC;
  const [offset, hours, minutes = '0'] = OFFSET.exec(name) ?? [];
  if (offset) {
    const away = Number(hours) * 60 + (hours?.startsWith('-') ? -1 : 1) * Number(minutes);
    return Math.abs(away) <= MAX_OFFSET && Number(minutes) < 60 ? FixedOffsetZone.instance(away) : null;
  }
  if (!IANAZone.isValidZone(name)) return null;
  // Names are valid in any case; Luxon keeps a zone for each spelling, for ever.
  return IANAZone.create(new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone);
}

/** Digits 0 to 9 in every language: what a person copies out of a message has to be readable by machines. */
const LATIN = { numberingSystem: 'latn' } as const;

/** Plain blanks for the special ones, so that all platforms write the same. */
export const plainBlanks = (text: string): string => text.replace(BLANKS, ' ');

const numberFormats = new Cache<Intl.NumberFormat>(MAX_KEPT);
export const numberFormat = (language: string, options: Intl.NumberFormatOptions): Intl.NumberFormat =>
  numberFormats.of(
    `${language} ${JSON.stringify(options)}`,
    () => new Intl.NumberFormat(language, { ...options, ...LATIN }),
  );

const pluralRules = new Cache<Intl.PluralRules>(MAX_KEPT);
export const pluralRule = (language: string): Intl.PluralRules =>
  pluralRules.of(language, () => new Intl.PluralRules(language));

const listFormats = new Cache<Intl.ListFormat>(MAX_KEPT);
export const listFormat = (language: string, type: 'conjunction' | 'disjunction'): Intl.ListFormat =>
  listFormats.of(`${language} ${type}`, () => new Intl.ListFormat(language, { type }));

const graphemes = new Intl.Segmenter(DEFAULT_LANGUAGE, { granularity: 'grapheme' });
/** What a person sees as one character: a family of four is one, though it has eleven units. */
export const lettersOf = (text: string): string[] => Array.from(graphemes.segment(text), ({ segment }) => segment);
