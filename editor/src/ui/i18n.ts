import i18next, { type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { pseudoWords, type Words } from './pseudo.ts';

/** The languages of the pages, each by its own name. */
export const LANGUAGES = { en: 'English', es: 'Español', pt: 'Português', ar: 'العربية' } as const;
export type Language = keyof typeof LANGUAGES;

/** Made from English in code, to find words that are not translated: `localStorage['parley.language'] = 'qps'`. */
export const PSEUDO = 'qps';

const RIGHT_TO_LEFT: readonly string[] = ['ar'];
const KEY = 'parley.language';

export const isLanguage = (code: string): code is Language => Object.hasOwn(LANGUAGES, code);
export const directionOf = (language: string): 'ltr' | 'rtl' => (RIGHT_TO_LEFT.includes(language) ? 'rtl' : 'ltr');

/** A folder `words` holds one file a language; its namespace is the name of the folder around it. */
const files = import.meta.glob<Words>('../**/words/*.json', { import: 'default' });
const loaders = new Map(
  Object.entries(files).map(([path, load]) => {
    // Vite names what lies beside this file `./words/en.json`
    const [, namespace, language] = /([^/]+)\/words\/([a-z]+)\.json$/.exec(path.replace(/^\.\//, 'ui/')) ?? [];
    return [`${language}/${namespace}`, load];
  }),
);

const onDemand = {
  type: 'backend' as const,
  init: () => {},
  async read(language: string, namespace: string): Promise<Words> {
    const load = loaders.get(`${language === PSEUDO ? 'en' : language}/${namespace}`);
    const words = (await load?.()) ?? {};
    return language === PSEUDO ? pseudoWords(words) : words;
  },
};

/** What the person chose before, else the browser's own, else English. */
export function firstLanguage(stored: string | null, wanted: readonly string[]): Language | typeof PSEUDO {
  if (stored === PSEUDO) return PSEUDO;
  const short = [stored ?? '', ...wanted].map((code) => code.slice(0, 2).toLowerCase());
  return short.find(isLanguage) ?? 'en';
}

/** Words of a page come with it: `useTranslation('canvas')` loads `canvas/words/<language>.json`. */
export async function startWords(namespaces: readonly string[]): Promise<i18n> {
  const lng = firstLanguage(kept(), navigator.languages);
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
  i18next.on('languageChanged', show);
  return i18next;
}

/** The choice is kept in this browser; the page follows without a reload. */
export async function changeLanguage(language: Language): Promise<void> {
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // a browser that keeps nothing: the choice holds until the page is left
  }
  await i18next.changeLanguage(language);
}

function kept(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function show(language: string): void {
  document.documentElement.lang = language === PSEUDO ? 'en' : language;
  document.documentElement.dir = directionOf(language);
}
