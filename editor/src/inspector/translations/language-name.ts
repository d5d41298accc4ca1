/** A language's name in the person's own, else its code. */
export function languageName(code: string, shownIn: string): string {
  try {
    return new Intl.DisplayNames([shownIn, 'en'], { type: 'language' }).of(code) ?? code;
  } catch {
    return code; // not a code of a language
  }
}
