import type { EmojiData, EmojiDataResolver, Locale } from 'frimousse';

/** One emoji of emojibase's compact list. */
interface Compact {
  unicode: string;
  label: string;
  /** Missing for letters of flags and the like, which nobody picks. */
  group?: number;
  order?: number;
  tags?: string[];
  skins?: { unicode: string; label: string }[];
}
interface Messages {
  groups: { key: string; message: string; order: number }[];
  skinTones: { key: string; message: string }[];
}

const COMPONENTS = 2; // emojibase's group of skin tones and hair, which stand for nothing by themselves
const NEWEST = 16; // what phones in use can draw

/** There are no Arabic words: then English ones. */
export const localeOf = (language: string): Locale => (language === 'es' || language === 'pt' ? language : 'en');

// Self-hosted: the picker would fetch them from another host by itself
const FILES = {
  en: [() => import('emojibase-data/en/compact.json'), () => import('emojibase-data/en/messages.json')],
  es: [() => import('emojibase-data/es/compact.json'), () => import('emojibase-data/es/messages.json')],
  pt: [() => import('emojibase-data/pt/compact.json'), () => import('emojibase-data/pt/messages.json')],
} as const;

/** The emoji of a language, from this server. */
export const readEmoji: EmojiDataResolver = async (locale) => {
  const [list, words] = locale === 'es' ? FILES.es : locale === 'pt' ? FILES.pt : FILES.en;
  const [emoji, messages] = await Promise.all([list(), words()]);
  return emojiData(locale, emoji.default as Compact[], messages.default as Messages);
};

function emojiData(locale: Locale, list: readonly Compact[], { groups, skinTones }: Messages): EmojiData {
  const tone = (key: string) => skinTones.find((one) => one.key === key)?.message ?? key;
  return {
    locale,
    emojis: [...list]
      .sort((one, other) => (one.order ?? 0) - (other.order ?? 0))
      .flatMap(({ unicode, label, group, tags = [], skins }) =>
        group === undefined || group === COMPONENTS
          ? []
          : [
              {
                emoji: unicode,
                category: group,
                label,
                version: NEWEST,
                tags,
                ...(skins?.length === 5 && {
                  skins: {
                    light: skins[0]?.unicode ?? unicode,
                    'medium-light': skins[1]?.unicode ?? unicode,
                    medium: skins[2]?.unicode ?? unicode,
                    'medium-dark': skins[3]?.unicode ?? unicode,
                    dark: skins[4]?.unicode ?? unicode,
                  },
                }),
              },
            ],
      ),
    categories: groups
      .filter(({ order }) => order !== COMPONENTS)
      .map(({ order, message }) => ({ index: order, label: message })),
    skinTones: {
      light: tone('light'),
      'medium-light': tone('medium-light'),
      medium: tone('medium'),
      'medium-dark': tone('medium-dark'),
      dark: tone('dark'),
    },
  };
}
