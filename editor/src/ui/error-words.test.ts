import i18next from 'i18next';
import { beforeAll, expect, it } from 'vitest';
import { RequestError } from '../api/request.ts';
import { errorWords } from './error-words.ts';
import en from './words/en.json';
import es from './words/es.json';

beforeAll(() =>
  i18next.init({ lng: 'es', resources: { en: { ui: en }, es: { ui: es } }, interpolation: { escapeValue: false } }),
);

const plain = (words: string) => words.replace(/[\u2068\u2069]/g, '');
const answer = (body: object) => errorWords(new RequestError({ detail: 'As the server says it.', ...body }, 409));

it('says in the language what the server answered, with its numbers and names', () => {
  expect(answer({ code: 'flow_not_published' })).toBe('Publica el bot antes de encenderlo.');
  expect(answer({ code: 'too_many_tests', limit: 50 })).toContain('como máximo 50 pruebas');
  expect(plain(answer({ code: 'flow_in_use', usedBy: ['Uno', 'Dos', 'Tres'] }))).toContain(': Uno, Dos y Tres. ');
});

it('keeps the words that came with it where the code is unknown, and tells a server that is away from one that refuses', () => {
  expect(answer({ code: 'something_new' })).toBe('As the server says it.');
  expect(errorWords(new Error('A slip.'))).toBe('A slip.');
  expect(errorWords(new RequestError({ code: 'offline' }, 0))).toBe(es.offline);
});
