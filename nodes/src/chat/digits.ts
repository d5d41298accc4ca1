/** Where the digits of other scripts begin: Arabic, Persian, Devanagari, Bengali, full width. */
const ZEROS = [0x660, 0x6f0, 0x966, 0x9e6, 0xff10];

/** The digits of any script as 0 to 9, Arabic separators as `,` and `.`. */
export function westernDigits(text: string): string {
  const western = text.replace(/\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0) ?? 0;
    const zero = ZEROS.find((first) => code >= first && code < first + 10);
    return zero === undefined ? digit : String(code - zero);
  });
  return western.replaceAll('٬', ',').replaceAll('٫', '.');
}
