import type { Answer } from './answer.ts';

/** Words that the author did not write, by language; English where a language is missing. */
const SENTENCES: Record<string, Partial<Record<Answer, string>> & { text: string }> = {
  en: {
    text: 'Please answer with a text.',
    number: 'Please answer with a number.',
    email: 'Please answer with an e-mail address, such as ana@example.com.',
    phone: 'Please answer with a phone number with its country code, such as +44 7911 123456.',
    date: 'Please answer with a date, such as 2026-03-31.',
    choice: 'Please choose one of the answers.',
    media: 'Please send a picture, a voice message or a file.',
    location: 'Please send a location.',
  },
  es: {
    text: 'Por favor, responde con un texto.',
    number: 'Por favor, responde con un número.',
    email: 'Por favor, responde con un correo electrónico, como ana@example.com.',
    phone: 'Por favor, responde con un teléfono con su prefijo, como +34 612 345 678.',
    date: 'Por favor, responde con una fecha, como 2026-03-31.',
    choice: 'Por favor, elige una de las respuestas.',
    media: 'Por favor, envía una foto, un audio o un archivo.',
    location: 'Por favor, envía una ubicación.',
  },
  pt: {
    text: 'Por favor, responda com um texto.',
    number: 'Por favor, responda com um número.',
    email: 'Por favor, responda com um e-mail, como ana@example.com.',
    phone: 'Por favor, responda com um telefone com o código do país, como +55 11 91234-5678.',
    date: 'Por favor, responda com uma data, como 2026-03-31.',
    choice: 'Por favor, escolha uma das respostas.',
    media: 'Por favor, envie uma foto, um áudio ou um arquivo.',
    location: 'Por favor, envie uma localização.',
  },
};

export function notUnderstood(answer: Answer, language: string): string {
  const english = SENTENCES.en ?? { text: '' };
  const sentences = SENTENCES[language.slice(0, 2).toLowerCase()] ?? english;
  return sentences[answer] ?? english[answer] ?? sentences.text;
}
