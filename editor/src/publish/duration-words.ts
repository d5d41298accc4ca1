const PARTS = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;
const UNITS = ['week', 'day', 'hour', 'minute', 'second'] as const;

/** `PT1H30M` -> `1 hour, 30 minutes`; null where it is not such a duration. */
export function durationWords(duration: string, language: string): string | null {
  const parts = PARTS.exec(duration);
  if (!parts) return null;
  const words = UNITS.flatMap((unit, index) => {
    const count = parts[index + 1];
    if (count === undefined) return [];
    return new Intl.NumberFormat(safe(language), { style: 'unit', unit, unitDisplay: 'long' }).format(Number(count));
  });
  return words.length === 0 ? null : new Intl.ListFormat(safe(language), { type: 'unit' }).format(words);
}

/** The pseudo-locale of the tests is no language. */
const safe = (language: string): string =>
  Intl.NumberFormat.supportedLocalesOf(language).length > 0 ? language : 'en';
