import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bestLanguage, templateLanguage } from './language.ts';

describe('the language of a template', () => {
  it.each<[string, string[], string]>([
    ['pt-BR', ['en', 'pt_PT', 'pt', 'pt_BR'], 'pt_BR'],
    ['pt-BR', ['en', 'pt_PT', 'pt'], 'pt'],
    ['pt-BR', ['en', 'pt_PT'], 'pt_PT'],
    ['PT_br', ['en', 'pt_br'], 'pt_br'],
    ['pt', ['en', 'pt_PT', 'pt_BR'], 'pt_PT'],
    ['es-419', ['en', 'es_ES', 'es'], 'es'],
    ['zh-Hant-HK', ['zh_CN', 'zh_HK', 'zh_TW'], 'zh_HK'],
    ['fil', ['fi', 'en', 'fil'], 'fil'],
    ['de', ['es', 'en'], 'es'],
    ['', ['es', 'en'], 'es'],
    ['br', ['en', 'pt_BR'], 'en'],
    [' en ', ['es', 'en'], 'en'],
  ])('%s of %j is %s', (wanted, languages, best) => expect(bestLanguage(wanted, languages)).toBe(best));

  it('is written as Meta writes it', () => {
    expect(templateLanguage('pt-BR', undefined)).toBe('pt_BR');
    expect(templateLanguage('pt', ['pt-BR'])).toBe('pt_BR');
  });
  it.each(['', ' ', 'x', 'English', 'English (US)', 'en us', '__proto__', '{}'])('is never %j', (given) =>
    expect(() => templateLanguage(given, undefined)).toThrow(/Write a code such as pt_BR/),
  );
  it('is one of those that there are, whatever a contact has', () => {
    const languages = ['en_US', 'es', 'pt_BR'];
    fc.assert(fc.property(fc.string(), (given) => languages.includes(templateLanguage(given, languages))));
  });
});
