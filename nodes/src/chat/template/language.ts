/** What stands for the language of the contact, in place of a code. */
export const CONTACT = 'contact';

/** A language as WhatsApp lists a template in: `en`, `pt_BR`, `zh_HK`; a dash does as well. */
const CODE = /^[a-z]{2,3}(?:[_-][a-z0-9]{2,12})*$/i;
export const isLanguageCode = (text: string): boolean => CODE.test(text);

/**
 * Which of the languages of a template a person reads best: the one that shares most with theirs (`pt-BR` takes `pt_BR`,
 * else `pt`, else `pt_PT`), the first of them where none shares the language itself.
 */
export function bestLanguage(wanted: string, languages: readonly string[]): string {
  const [first = wanted] = languages;
  const own = partsOf(wanted);
  const likeness = (language: string): number => {
    const [base, ...others] = partsOf(language);
    if (base !== own[0]) return Number.NEGATIVE_INFINITY;
    // What the person did not ask for counts against it, less than what they did ask for counts
    return others.reduce((sum, part) => sum + (own.includes(part, 1) ? 2 : -1), 0);
  };
  return languages.reduce((best, one) => (likeness(one) > likeness(best) ? one : best), first);
}

const partsOf = (language: string): string[] => language.trim().toLowerCase().split(/[_-]/);

/**
 * The code to send a template with, from what its `language` was rendered to. Throws words for the author where that is no
 * code and there are no `languages` to choose from.
 */
export function templateLanguage(language: string, languages: readonly string[] | undefined): string {
  const code = languages ? bestLanguage(language, languages) : language.trim();
  if (!isLanguageCode(code))
    throw new Error(
      `The language "${code.slice(0, 40)}" is none. Write a code such as pt_BR, or list the template's languages to choose from.`,
    );
  return code.replaceAll('-', '_'); // Meta's codes have "_", those of contacts "-"
}
