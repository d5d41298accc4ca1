import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readNumberWords } from './number-words.ts';

type Speller = (value: number) => string;
const list = (words: string): string[] => words.split(' ');
const parts = (...words: (string | undefined)[]): string[] => words.filter((word) => word !== undefined);

const EN = list(
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen',
);
const EN_TENS = list('- - twenty thirty forty fifty sixty seventy eighty ninety');
const english: Speller = (value) => {
  if (value < 20) return EN[value] ?? '';
  if (value < 100) return [EN_TENS[Math.floor(value / 10)], ...(value % 10 ? [EN[value % 10]] : [])].join('-');
  const rest = value % 100;
  return `${EN[Math.floor(value / 100)]} hundred${rest ? ` and ${english(rest)}` : ''}`;
};

const ES = list(
  'cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve',
);
const ES_TENS = list('- - - treinta cuarenta cincuenta sesenta setenta ochenta noventa');
const ES_HUNDREDS = list(
  '- ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos',
);
const spanish: Speller = (value) => {
  if (value === 100) return 'cien';
  if (value < 30) return ES[value] ?? '';
  if (value < 100) return parts(ES_TENS[Math.floor(value / 10)], value % 10 ? ES[value % 10] : undefined).join(' y ');
  return parts(ES_HUNDREDS[Math.floor(value / 100)], value % 100 ? spanish(value % 100) : undefined).join(' ');
};

const PT = list(
  'zero um dois três quatro cinco seis sete oito nove dez onze doze treze catorze quinze dezesseis dezessete dezoito dezenove',
);
const PT_TENS = list('- - vinte trinta quarenta cinquenta sessenta setenta oitenta noventa');
const PT_HUNDREDS = list(
  '- cento duzentos trezentos quatrocentos quinhentos seiscentos setecentos oitocentos novecentos',
);
const portuguese: Speller = (value) => {
  if (value === 100) return 'cem';
  if (value < 20) return PT[value] ?? '';
  const [names, size] = value < 100 ? [PT_TENS, 10] : [PT_HUNDREDS, 100];
  return parts(names[Math.floor(value / size)], value % size ? portuguese(value % size) : undefined).join(' e ');
};

describe('numbers in words', () => {
  it.each<[string, Speller]>([
    ['en', english],
    ['es-MX', spanish],
    ['pt_BR', portuguese],
  ])('all up to 999 in %s', (language, spell) => {
    for (let value = 0; value < 1_000; value++)
      expect(readNumberWords(spell(value), language), spell(value)).toBe(value);
  });

  it.each([
    ['Two Hundred Five', 'en', 205],
    ['a hundred', 'en', 100],
    ['a hundred and one', 'en', 101],
    ['twenty one', 'en', 21],
    ['twenty–one', 'en', 21],
    ['VEINTIUNO', 'es', 21],
    ['veintidos', 'es', 22],
    ['veintiuna', 'es', 21],
    ['treinta y un', 'es', 31],
    ['doscientas cinco', 'es', 205],
    ['ciento uno', 'es', 101],
    ['vinte e uma', 'pt', 21],
    ['duzentas e duas', 'pt', 202],
    ['quatorze', 'pt', 14],
    ['dezasseis', 'pt-PT', 16],
    ['cento e vinte e um', 'pt', 121],
    ['عشرة', 'ar', 10],
    ['twenty-one', 'de', 21],
  ])('%s in %s', (text, language, value) => expect(readNumberWords(text, language)).toBe(value));

  it.each([
    ['', 'en'],
    ['-', 'en'],
    ['and', 'en'],
    ['a', 'en'],
    ['hundred', 'en'],
    ['two hundred and', 'en'],
    ['and five', 'en'],
    ['two and hundred', 'en'],
    ['two and and five', 'en'],
    ['two hundred hundred', 'en'],
    ['twenty hundred', 'en'],
    ['five two', 'en'],
    ['one or two', 'en'],
    ['twenty zero', 'en'],
    ['zero hundred', 'en'],
    ['twenty eleven', 'en'],
    ['two hundred three hundred', 'en'],
    ['one thousand', 'en'],
    ['cien uno', 'es'],
    ['dos y tres', 'es'],
    ['cem e um', 'pt'],
    ['um e dois', 'pt'],
    ['veintiuno', 'pt'],
    ['constructor', 'en'],
  ])('not %s in %s', (text, language) => expect(readNumberWords(text, language)).toBe(null));

  it('whatever is said, is a whole number up to 999 or none', () => {
    const word = fc.constantFrom('one', 'two', 'hundred', 'and', 'twenty', 'a', '-', 'zero', 'ten', '');
    fc.assert(
      fc.property(fc.array(word, { maxLength: 6 }), (words) => {
        const value = readNumberWords(words.join(' '), 'en');
        expect(value === null || (Number.isInteger(value) && value >= 0 && value < 1_000)).toBe(true);
      }),
    );
  });
});
