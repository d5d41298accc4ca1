import i18next, { type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';

/** The languages of the pages, each by its own name. `qps` is made from English, to find words that are not translated. */
export const LANGUAGES = { en: 'English', es: 'Español', pt: 'Português', ar: 'العربية' } as const;
export type Language = keyof typeof LANGUAGES;

const RIGHT_TO_LEFT: readonly string[] = ['ar'];
const KEY = 'parley.language';

export const isLanguage = (code: string): code is Language => Object.hasOwn(LANGUAGES, code);
export const directionOf = (language: string): 'ltr' | 'rtl' => (RIGHT_TO_LEFT.includes(language) ? 'rtl' : 'ltr');

/** A folder `words` holds one file a language; its namespace is the name of the folder around it. */
type Words = Record<string, unknown>;
const files = import.meta.glob<Words>('../**/words/*.json', { import: 'default' });
const loaders = new Map(
  Object.entries(files).map(([path, load]) => {
    const [, namespace, language] = /([^/]+)\/words\/([a-z]+)\.json$/.exec(path) ?? [];
    return [`${language}/${namespace}`, load];
  }),
);

const onDemand = {
  type: 'backend' as const,
  init: () => {},
  async read(language: string, namespace: string): Promise<Words> {
    return (await loaders.get(`${language}/${namespace}`)?.()) ?? {};
  },
};

/** What the person chose before, else the browser's own, else English. */
export function firstLanguage(stored: string | null, wanted: readonly string[]): Language {
  const short = [stored ?? '', ...wanted].map((code) => code.slice(0, 2).toLowerCase());
  return short.find(isLanguage) ?? 'en';
}

/** Words of a page come with it: `useTranslation('canvas')` loads `canvas/words/<language>.json`. */
export async function startWords(namespaces: readonly string[]): Promise<i18n> {
  const lng = firstLanguage(localStorage.getItem(KEY), navigator.languages);
  await i18next
    .use(onDemand)
    .use(initReactI18next)
    .init({
      lng,
      fallbackLng: 'en',
      ns: [...namespaces],
      defaultNS: namespaces[0] ?? 'app',
      interpolation: { escapeValue: false }, // React escapes
      returnNull: false,
    });
  show(lng);
  return i18next;
}

export async function changeLanguage(language: Language): Promise<void> {
  localStorage.setItem(KEY, language);
  await i18next.changeLanguage(language);
  show(language);
}

function show(language: string): void {
  document.documentElement.lang = language;
  document.documentElement.dir = directionOf(language);
}
