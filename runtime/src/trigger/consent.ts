import { fold } from '../expression/fold.ts';
import type { InboundMessage } from '../message/inbound.ts';

/** Whole messages, folded. Words that are ordinary answers too ("cancel", "end") are left out on purpose. */
const STOP = [
  'stop',
  'stopall',
  'unsubscribe',
  'opt out',
  'opt-out',
  'optout',
  'baja',
  'darme de baja',
  'parar',
  'sair',
  'descadastrar',
  'arret',
  'desabonner',
  'stopp',
  'abmelden',
  'إيقاف',
  'الغاء الاشتراك',
];
const START = ['start', 'unstop', 'subscribe', 'opt in', 'opt-in', 'alta', 'voltar', 'اشتراك'];

const stopWords = new Set(STOP.map(fold));
const startWords = new Set(START.map(fold));

/** Whether a message withdraws or gives consent. Only typed text counts. Handled before any flow (section 3.10 of the API). */
export function consentOf(message: InboundMessage): 'withdrawn' | 'given' | null {
  if (message.type !== 'text' || message.text === null) return null;
  const said = fold(message.text).replace(/[.!]+$/, '');
  return stopWords.has(said) ? 'withdrawn' : startWords.has(said) ? 'given' : null;
}

const CONFIRMATIONS: Record<string, { withdrawn: string; given: string }> = {
  en: {
    withdrawn: 'You will get no more messages from us. Write START to change that.',
    given: 'You will get messages from us again. Write STOP to end them.',
  },
  es: {
    withdrawn: 'No recibirás más mensajes nuestros. Escribe START para volver a recibirlos.',
    given: 'Volverás a recibir nuestros mensajes. Escribe STOP para no recibirlos.',
  },
  pt: {
    withdrawn: 'Você não receberá mais mensagens nossas. Escreva START para voltar a receber.',
    given: 'Você voltará a receber nossas mensagens. Escreva STOP para parar.',
  },
};

export const consentConfirmation = (change: 'withdrawn' | 'given', language: string | null): string =>
  (CONFIRMATIONS[language?.slice(0, 2).toLowerCase() ?? 'en'] ?? CONFIRMATIONS.en ?? { withdrawn: '', given: '' })[
    change
  ];
