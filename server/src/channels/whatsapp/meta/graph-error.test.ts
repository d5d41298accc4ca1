import { expect, it } from 'vitest';
import { readGraphError } from './graph-error.ts';

const NOTHING = {
  subcode: null,
  type: null,
  details: null,
  userTitle: null,
  userMessage: null,
  traceId: null,
  transient: false,
};

it('reads everything that the Graph API says of an error', () => {
  const error = {
    message: '(#131030) Recipient phone number not in allowed list',
    type: 'OAuthException',
    code: 131030,
    error_subcode: 2655007,
    is_transient: true,
    error_user_title: 'Not allowed',
    error_user_msg: 'Add the number first.',
    error_data: { messaging_product: 'whatsapp', details: 'Not in the list.' },
    fbtrace_id: 'AXsgnV2Cm3ZMGF3dF_cfYIn',
  };
  const read = {
    code: '131030',
    subcode: '2655007',
    type: 'OAuthException',
    message: error.message,
    details: 'Not in the list.',
    userTitle: 'Not allowed',
    userMessage: 'Add the number first.',
    traceId: error.fbtrace_id,
    transient: true,
  };
  expect(readGraphError(JSON.stringify({ error }))).toEqual(read);
  expect(readGraphError({ error })).toEqual(read);
  expect(readGraphError(error)).toEqual(read);
});

it.each<[unknown, object]>([
  [{ error: 'not found' }, { code: 'unknown', message: 'not found' }],
  [{ error: {} }, { code: 'unknown', message: 'WhatsApp gave no reason.' }],
  [{ error: { code: '190', message: '' } }, { code: '190', message: 'WhatsApp gave no reason.' }],
  [{ error: { code: 0, error_data: '{"details":"Soon."}' } }, { code: '0', details: 'Soon.' }],
  [{ error: { code: { $ne: 1 }, error_data: '{' } }, { code: 'unknown' }],
])('reads %j', (body, error) =>
  expect(readGraphError(body)).toEqual({ ...NOTHING, message: 'WhatsApp gave no reason.', ...error }),
);

it.each([
  undefined,
  null,
  '',
  'Bad gateway',
  '<html>',
  7,
  [],
  {},
  { error: null },
  { error: '' },
  { data: [] },
  'null',
])('finds no error in %j', (body) => expect(readGraphError(body)).toBeNull());
