import type { MediaKind } from './config.ts';

interface Range {
  from: (min: string) => string;
  to: (max: string) => string;
  between: (min: string, max: string) => string;
}

/** Words that the author did not write, said when an answer does not fit. */
export interface Sentences {
  text: string;
  number: string;
  integer: string;
  email: string;
  phone: string;
  phoneAtHome: string;
  date: string;
  past: string;
  future: string;
  choice: string;
  media: string;
  location: string;
  pattern: string;
  shorter: (least: string) => string;
  longer: (most: string) => string;
  numberIn: Range;
  dateIn: Range;
  choiceOf: (titles: string) => string;
  /** `count`: how many, such as `2`, `1-3` or `2+`; null for any number. */
  choicesOf: (titles: string, count: string | null) => string;
  kinds: Record<MediaKind, string>;
  send: (kinds: string[]) => string;
}

const en: Sentences = {
  text: 'Please answer with a text.',
  number: 'Please answer with a number.',
  integer: 'Please answer with a whole number.',
  email: 'Please answer with an e-mail address, such as ana@example.com.',
  phone: 'Please answer with a phone number with its country code, such as +44 7911 123456.',
  phoneAtHome: 'Please answer with a phone number.',
  date: 'Please answer with a date, such as 2026-03-31.',
  past: 'Please answer with a date that is not in the future.',
  future: 'Please answer with a date that is not over yet.',
  choice: 'Please choose one of the answers.',
  media: 'Please send a picture, a voice message or a file.',
  location: 'Please send a location.',
  pattern: 'Please answer in the form that was asked for.',
  shorter: (least) => `Please answer with at least ${least} characters.`,
  longer: (most) => `Please answer with at most ${most} characters.`,
  numberIn: {
    from: (min) => `Please answer with a number that is ${min} or more.`,
    to: (max) => `Please answer with a number that is ${max} or less.`,
    between: (min, max) => `Please answer with a number from ${min} to ${max}.`,
  },
  dateIn: {
    from: (min) => `Please answer with a date from ${min} on.`,
    to: (max) => `Please answer with a date up to ${max}.`,
    between: (min, max) => `Please answer with a date from ${min} to ${max}.`,
  },
  choiceOf: (titles) => `Please choose one of these: ${titles}.`,
  choicesOf: (titles, count) =>
    count === null
      ? `Please choose from these, with commas in between: ${titles}.`
      : `Please choose ${count} of these, with commas in between: ${titles}.`,
  kinds: { image: 'a picture', video: 'a video', audio: 'a voice message', document: 'a document' },
  send: (kinds) => `Please send ${kinds.join(' or ')}.`,
};

const es: Sentences = {
  text: 'Por favor, responde con un texto.',
  number: 'Por favor, responde con un número.',
  integer: 'Por favor, responde con un número entero.',
  email: 'Por favor, responde con un correo electrónico, como ana@example.com.',
  phone: 'Por favor, responde con un teléfono con su prefijo, como +34 612 345 678.',
  phoneAtHome: 'Por favor, responde con un número de teléfono.',
  date: 'Por favor, responde con una fecha, como 2026-03-31.',
  past: 'Por favor, responde con una fecha que no esté en el futuro.',
  future: 'Por favor, responde con una fecha que no haya pasado.',
  choice: 'Por favor, elige una de las respuestas.',
  media: 'Por favor, envía una foto, un audio o un archivo.',
  location: 'Por favor, envía una ubicación.',
  pattern: 'Por favor, responde en la forma indicada.',
  shorter: (least) => `Por favor, responde con al menos ${least} caracteres.`,
  longer: (most) => `Por favor, responde con un máximo de ${most} caracteres.`,
  numberIn: {
    from: (min) => `Por favor, responde con un número igual o mayor que ${min}.`,
    to: (max) => `Por favor, responde con un número igual o menor que ${max}.`,
    between: (min, max) => `Por favor, responde con un número entre ${min} y ${max}.`,
  },
  dateIn: {
    from: (min) => `Por favor, responde con una fecha a partir del ${min}.`,
    to: (max) => `Por favor, responde con una fecha hasta el ${max}.`,
    between: (min, max) => `Por favor, responde con una fecha entre el ${min} y el ${max}.`,
  },
  choiceOf: (titles) => `Por favor, elige una de estas: ${titles}.`,
  choicesOf: (titles, count) =>
    count === null
      ? `Por favor, elige entre estas, separadas por comas: ${titles}.`
      : `Por favor, elige ${count} de estas, separadas por comas: ${titles}.`,
  kinds: { image: 'una foto', video: 'un vídeo', audio: 'un audio', document: 'un documento' },
  send: (kinds) => `Por favor, envía ${kinds.join(' o ')}.`,
};

const pt: Sentences = {
  text: 'Por favor, responda com um texto.',
  number: 'Por favor, responda com um número.',
  integer: 'Por favor, responda com um número inteiro.',
  email: 'Por favor, responda com um e-mail, como ana@example.com.',
  phone: 'Por favor, responda com um telefone com o código do país, como +55 11 91234-5678.',
  phoneAtHome: 'Por favor, responda com um número de telefone.',
  date: 'Por favor, responda com uma data, como 2026-03-31.',
  past: 'Por favor, responda com uma data que não esteja no futuro.',
  future: 'Por favor, responda com uma data que ainda não passou.',
  choice: 'Por favor, escolha uma das respostas.',
  media: 'Por favor, envie uma foto, um áudio ou um arquivo.',
  location: 'Por favor, envie uma localização.',
  pattern: 'Por favor, responda na forma pedida.',
  shorter: (least) => `Por favor, responda com pelo menos ${least} caracteres.`,
  longer: (most) => `Por favor, responda com no máximo ${most} caracteres.`,
  numberIn: {
    from: (min) => `Por favor, responda com um número igual ou maior que ${min}.`,
    to: (max) => `Por favor, responda com um número igual ou menor que ${max}.`,
    between: (min, max) => `Por favor, responda com um número de ${min} a ${max}.`,
  },
  dateIn: {
    from: (min) => `Por favor, responda com uma data a partir de ${min}.`,
    to: (max) => `Por favor, responda com uma data até ${max}.`,
    between: (min, max) => `Por favor, responda com uma data de ${min} a ${max}.`,
  },
  choiceOf: (titles) => `Por favor, escolha uma destas: ${titles}.`,
  choicesOf: (titles, count) =>
    count === null
      ? `Por favor, escolha entre estas, separadas por vírgulas: ${titles}.`
      : `Por favor, escolha ${count} destas, separadas por vírgulas: ${titles}.`,
  kinds: { image: 'uma foto', video: 'um vídeo', audio: 'um áudio', document: 'um documento' },
  send: (kinds) => `Por favor, envie ${kinds.join(' ou ')}.`,
};

const ar: Sentences = {
  text: 'يرجى الرد بنص.',
  number: 'يرجى الرد برقم.',
  integer: 'يرجى الرد برقم صحيح.',
  email: 'يرجى الرد بعنوان بريد إلكتروني، مثل ana@example.com.',
  phone: 'يرجى الرد برقم هاتف مع رمز الدولة، مثل +966 51 234 5678.',
  phoneAtHome: 'يرجى الرد برقم هاتف.',
  date: 'يرجى الرد بتاريخ، مثل 2026-03-31.',
  past: 'يرجى الرد بتاريخ ليس في المستقبل.',
  future: 'يرجى الرد بتاريخ لم يمض بعد.',
  choice: 'يرجى اختيار إحدى الإجابات.',
  media: 'يرجى إرسال صورة أو رسالة صوتية أو ملف.',
  location: 'يرجى إرسال موقع.',
  pattern: 'يرجى الرد بالصيغة المطلوبة.',
  shorter: (least) => `يرجى ألا يقل الرد عن ${least} من الأحرف.`,
  longer: (most) => `يرجى ألا يزيد الرد عن ${most} من الأحرف.`,
  numberIn: {
    from: (min) => `يرجى الرد برقم لا يقل عن ${min}.`,
    to: (max) => `يرجى الرد برقم لا يزيد عن ${max}.`,
    between: (min, max) => `يرجى الرد برقم من ${min} إلى ${max}.`,
  },
  dateIn: {
    from: (min) => `يرجى الرد بتاريخ ابتداء من ${min}.`,
    to: (max) => `يرجى الرد بتاريخ حتى ${max}.`,
    between: (min, max) => `يرجى الرد بتاريخ من ${min} إلى ${max}.`,
  },
  choiceOf: (titles) => `يرجى اختيار واحد مما يلي: ${titles}.`,
  choicesOf: (titles, count) =>
    count === null
      ? `يرجى الاختيار مما يلي مع وضع فاصلة بين الإجابات: ${titles}.`
      : `يرجى اختيار ${count} مما يلي مع وضع فاصلة بين الإجابات: ${titles}.`,
  kinds: { image: 'صورة', video: 'فيديو', audio: 'رسالة صوتية', document: 'مستند' },
  send: (kinds) => `يرجى إرسال ${kinds.join(' أو ')}.`,
};

export const SENTENCES: Record<string, Sentences> & { en: Sentences } = { en, es, pt, ar };
