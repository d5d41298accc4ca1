const PARTS = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;
const UNITS = ['week', 'day', 'hour', 'minute', 'second'] as const;

/** `PT30M` -> `30 minutes`, in the person's language; as it stands where it is no duration. */
export function durationWords(duration: string, language: string): string {
  const found = PARTS.exec(duration);
  const parts = UNITS.flatMap((unit, index) => {
    const amount = found?.[index + 1];
    if (amount === undefined) return [];
    const format = new Intl.NumberFormat(localeFor(language), { style: 'unit', unit, unitDisplay: 'long' });
    return [format.format(Number(amount))];
  });
  return parts.length === 0 ? duration : new Intl.ListFormat(localeFor(language), { type: 'unit' }).format(parts);
}

const localeFor = (language: string): string => Intl.NumberFormat.supportedLocalesOf(language)[0] ?? 'en';
