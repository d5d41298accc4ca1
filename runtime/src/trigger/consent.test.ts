import { describe, expect, it } from 'vitest';
import { inboundMessage, inboundText } from '../message/inbound.ts';
import { consentConfirmation, consentOf } from './consent.ts';

describe('words about consent', () => {
  it.each(['STOP', ' stop. ', 'Stop!!', 'opt-out', 'BAJA', 'Descadastrar', 'Désabonner', 'إيقاف'])(
    'withdraw it: %s',
    (text) => expect(consentOf(inboundText(text))).toBe('withdrawn'),
  );
  it.each(['START', 'unstop', 'Alta', 'اشتراك.'])('give it: %s', (text) =>
    expect(consentOf(inboundText(text))).toBe('given'),
  );
  it.each(['', 'cancel', 'end', 'no', 'please stop calling', 'bus stop', 'restart', '.'])(
    'are no others, for a flow may ask for them: %s',
    (text) => expect(consentOf(inboundText(text))).toBe(null),
  );
  it('count only where they are typed', () => {
    expect(consentOf(inboundMessage({ type: 'button', payload: 'stop', text: 'Stop' }))).toBe(null);
    expect(consentOf(inboundMessage({ type: 'image', text: 'stop' }))).toBe(null);
    expect(consentOf(inboundMessage({ type: 'text', text: null }))).toBe(null);
  });
});

describe('what is answered', () => {
  it('says in the language of the person how to change it back', () => {
    expect(consentConfirmation('withdrawn', 'es-MX')).toContain('START');
    expect(consentConfirmation('given', 'PT')).toContain('STOP');
    expect(consentConfirmation('given', 'pt_BR')).toBe(consentConfirmation('given', 'pt'));
  });
  it.each([null, 'en', 'xx', 'constructor'])('is English for %s', (language) =>
    expect(consentConfirmation('withdrawn', language)).toBe(
      'You will get no more messages from us. Write START to change that.',
    ),
  );
});
