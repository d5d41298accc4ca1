import { describe, expect, it } from 'vitest';
import { explainError } from '../errors/index.ts';
import { INVALID_CONFIGURATION, preparationFault, sendFault } from './fault.ts';

// Every code that Twilio gives for WhatsApp (its "Error and Warning Dictionary"), by what becomes of the message
const CONFIGURATION = ['20003', '20404', '21606', '21609', '21660', '21703', '63001', '63002', '63007', '63008'];
const LATER = [
  '20429',
  '20500',
  '21611',
  '30001',
  '30003',
  '30008',
  '63009',
  '63010',
  '63012',
  '63017',
  '63018',
  '63038',
];
const PERSON = ['21211', '21408', '21610', '21614', '63003', '63015', '63016', '63024', '63032', '63033', '63049'];
const CONTENT = ['21617', '21620', '21623', '21654', '21655', '21656', '63005', '63013', '63019', '63020', '63021'];
const TEMPLATES = ['63027', '63028', '63034', '63037', '63040', '63041', '63051', '63062'];

const answer = (code: string, status = 400) => ({ kind: 'answer', status, code, message: 'Words of Twilio' }) as const;

describe('what becomes of a message that Twilio refused', () => {
  it.each(CONFIGURATION)('%s: people are told whom to ask', (code) => {
    expect(sendFault(answer(code))).toEqual({ kind: 'refused', code, reason: INVALID_CONFIGURATION });
  });

  it.each(LATER)('%s: it goes out later', (code) => {
    const { afterSeconds } = explainError('twilio', code);
    expect(afterSeconds).toBeGreaterThan(0);
    expect(sendFault(answer(code))).toEqual({ kind: 'later', code, reason: 'Words of Twilio', afterSeconds });
  });

  it.each([...PERSON, ...CONTENT, ...TEMPLATES])('%s: it fails with the words of Twilio', (code) => {
    expect(sendFault(answer(code))).toEqual({ kind: 'refused', code, reason: 'Words of Twilio' });
  });

  it.each([...CONFIGURATION, ...LATER, ...PERSON])('%s with a status of 5xx: nobody knows', (code) => {
    expect(sendFault(answer(code, 500))).toMatchObject({ kind: 'unknown' });
    expect(preparationFault(answer(code, 500))).toMatchObject({ kind: 'later' });
  });

  it('shows no more of its words than fit', () => {
    const result = sendFault({ ...answer('99999'), message: 'x'.repeat(5_000) });
    expect(result).toMatchObject({ kind: 'refused', reason: 'x'.repeat(300) });
  });
});
