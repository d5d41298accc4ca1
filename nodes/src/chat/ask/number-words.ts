import { fold } from '@parley/runtime';

/** How a language says the numbers up to 999: its words by value, and the word that stands between two of them. */
interface Numerals {
  words: Readonly<Record<number, string>>;
  joiner: string;
  /** What makes hundreds of the one to nine before it; elsewhere each hundred has a word of its own. */
  hundred?: string;
  /** Exactly a hundred: nothing follows it. */
  alone?: string;
}

/** Names of a run of values, one behind the other; `/` parts names of the same value. */
const named = (first: number, step: number, names: string): Record<number, string> =>
  Object.fromEntries(names.split(' ').map((name, index) => [first + index * step, name]));

const NUMERALS: Readonly<Record<string, Numerals>> = {
  en: {
    words: {
      ...named(0, 1, 'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen'),
      ...named(15, 1, 'fifteen sixteen seventeen eighteen nineteen'),
      ...named(20, 10, 'twenty thirty forty fifty sixty seventy eighty ninety'),
    },
    joiner: 'and',
    hundred: 'hundred',
  },
  es: {
    words: {
      ...named(0, 1, 'cero uno/un/una dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce'),
      ...named(15, 1, 'quince dieciséis diecisiete dieciocho diecinueve veinte veintiuno/veintiún/veintiuna'),
      ...named(22, 1, 'veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve'),
      ...named(30, 10, 'treinta cuarenta cincuenta sesenta setenta ochenta noventa ciento/cien'),
      ...named(200, 100, 'doscientos/doscientas trescientos/trescientas cuatrocientos/cuatrocientas'),
      ...named(500, 100, 'quinientos/quinientas seiscientos/seiscientas setecientos/setecientas'),
      ...named(800, 100, 'ochocientos/ochocientas novecientos/novecientas'),
    },
    joiner: 'y',
    alone: 'cien',
  },
  pt: {
    words: {
      ...named(0, 1, 'zero um/uma dois/duas três quatro cinco seis sete oito nove dez onze doze treze'),
      ...named(14, 1, 'catorze/quatorze quinze dezesseis/dezasseis dezessete/dezassete dezoito dezenove/dezanove'),
      ...named(20, 10, 'vinte trinta quarenta cinquenta sessenta setenta oitenta noventa cento/cem'),
      ...named(200, 100, 'duzentos/duzentas trezentos/trezentas quatrocentos/quatrocentas'),
      ...named(500, 100, 'quinhentos/quinhentas seiscentos/seiscentas setecentos/setecentas'),
      ...named(800, 100, 'oitocentos/oitocentas novecentos/novecentas'),
    },
    joiner: 'e',
    alone: 'cem',
  },
  ar: {
    words: named(0, 1, 'صفر واحد اثنان ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة'),
    joiner: 'و',
  },
};

/** The same, ready to read: each folded word with its value. */
const READERS = new Map(
  Object.entries(NUMERALS).map(([language, { words, ...rest }]) => {
    const values = Object.entries(words).flatMap(([value, names]) =>
      names.split('/').map((name): [string, number] => [fold(name), Number(value)]),
    );
    return [language, { ...rest, values: new Map(values) }];
  }),
);

/**
 * A whole number in words, from "zero" to "nine hundred and ninety-nine", in English, Spanish and Portuguese; in Arabic up
 * to ten; null for anything else. Other languages (BCP 47) are read as English.
 */
export function readNumberWords(text: string, language: string): number | null {
  const reader = READERS.get(language.slice(0, 2).toLowerCase()) ?? READERS.get('en');
  if (!reader) return null;
  const { values, joiner, hundred, alone } = reader;
  const said = fold(text)
    .replace(/\p{Pd}/gu, ' ')
    .split(/\s+/);
  if (hundred !== undefined && said[1] === hundred && said[0] === 'a') said[0] = 'one';
  let total = 0;
  let below = 1_000; // what the next word may add at most, without
  for (const [index, word] of said.entries()) {
    const next = said[index + 1];
    if (word === hundred && total > 0 && total < 10 && index === 1) {
      total *= 100;
      below = 100;
    } else if (word === joiner) {
      if (index === 0 || next === undefined || next === joiner || next === hundred) return null;
    } else {
      const value = values.get(word);
      const fits = value !== undefined && value < below && (value > 0 || said.length === 1);
      if (!fits || (word === alone && said.length > 1)) return null;
      total += value;
      below = roomBehind(value);
    }
  }
  return total;
}

/** Behind hundreds come tens and ones, behind twenty to ninety come ones, behind all others nothing. */
function roomBehind(value: number): number {
  if (value >= 100) return 100;
  return value >= 20 && value % 10 === 0 ? 10 : 1;
}
