import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readForm } from './form.ts';
import { signedWith } from './signature.ts';

const TOKEN = '12345';
const CALL = 'CallSid=CA1234567890ABCDE&Caller=%2B14158675309&Digits=1234&From=%2B14158675309&To=%2B18005551212';
const HASH = '0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620';
const BODY = '{"property": "value", "boolean": true}';

const ofForm = (address: string, body: string, signature: string) => ({
  address,
  signature,
  form: readForm(body),
  body,
});
const ofBody = (address: string, body: string, signature: string) => ({ address, signature, form: null, body });

const BUTTON_REPLY =
  'OriginalRepliedMessageSender=whatsapp%3A%2B14155238886&ExternalUserId=whatsapp%3ACO.4480000000000000&Body=Yes' +
  '&ButtonText=Yes&ButtonPayload=&From=whatsapp%3A%2B573000000001&To=whatsapp%3A%2B14155238886&AccountSid=AC0';

/** Written anew from the documented rule, not by the package under test. */
function sign(address: string, form: string, token = TOKEN): string {
  const params = [...new URLSearchParams(form)].sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0));
  const text = address + params.map(([name, value]) => name + value).join('');
  return createHmac('sha1', token).update(text).digest('base64');
}

/** The first six are the collection's vectors that hold no recording; five of them are the package's own. */
const VECTORS = {
  'a form and a query': ofForm('https://mycompany.com/myapp.php?foo=1&bar=2', CALL, 'RSOYDt4T1cUTdK1PDd93/VVr8B8='),
  'a body by its hash': ofBody(
    `https://mycompany.com/myapp.php?foo=1&bar=2&bodySHA256=${HASH}`,
    BODY,
    'a9nBmqA0ju/hNViExpshrM61xv4=',
  ),
  'a body by its hash alone': ofBody(
    `https://mycompany.com/myapp.php?bodySHA256=${HASH}`,
    BODY,
    'y77kIzt2vzLz71DgmJGsen2scGs=',
  ),
  'an address that was signed with :443': ofBody(
    'https://mycompany.com/myapp.php?foo=1&bar=2&bodySHA256=44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a',
    '{}',
    'Ldidvp12m26NI7eqEvxnEpkd9Hc=',
  ),
  'a port of its own': ofForm('http://mycompany.com:1234/myapp.php?foo=1&bar=2', CALL, 'Zmvh+3yNM1Phv2jhDCwEM3q5ebU='),
  'letters of every kind': ofForm(
    'https://bot.example.com/webhooks/twilio/whatsapp',
    'Body=Hola+%C3%B1+%F0%9F%91%8D&From=whatsapp%3A%2B27820000001&MessageSid=SM00000000000000000000000000000000&NumMedia=0&To=whatsapp%3A%2B14155238886',
    'vXR4XcWAlJPVrkq/qM2tBn5Y5cM=',
  ),
  'an empty parameter': ofForm('https://b.example/w', BUTTON_REPLY, sign('https://b.example/w', BUTTON_REPLY)),
  'an id of ours in the query': ofForm('https://b.example/s?m=msg_1', CALL, sign('https://b.example/s?m=msg_1', CALL)),
};

describe.each(Object.entries(VECTORS))('%s', (_, request) => {
  it('is signed', async () => expect((await signedWith(TOKEN))(request)).toBe(true));

  it('is not, once anything of it is another', async () => {
    const isSigned = await signedWith(TOKEN);
    const last = request.signature.at(0) === 'A' ? 'B' : 'A';
    const others = [
      { ...request, signature: last + request.signature.slice(1) },
      { ...request, signature: request.signature.toLowerCase() },
      { ...request, signature: '' },
      { ...request, address: request.address.replace('.com', '.net').replace('b.example', 'c.example') },
      { ...request, address: `${request.address}${request.address.includes('?') ? '&' : '?'}m=msg_2` },
      request.form
        ? { ...request, form: { ...request.form, From: 'whatsapp:+1' } }
        : { ...request, body: `${request.body} ` },
    ];
    expect(others.map(isSigned)).toEqual(others.map(() => false));
    expect((await signedWith('12346'))(request)).toBe(false);
  });
});

it('takes the address with and without the standard port', async () => {
  const isSigned = await signedWith(TOKEN);
  const signature = sign('https://b.example:443/w', CALL);
  expect(isSigned(ofForm('https://b.example/w', CALL, signature))).toBe(true);
  expect(isSigned(ofForm('https://b.example:443/w', CALL, sign('https://b.example/w', CALL)))).toBe(true);
});

it('takes a parameter that came twice, each value once and sorted', async () => {
  const signature = createHmac('sha1', TOKEN).update('https://b.example/wAa1Aa2').digest('base64');
  expect((await signedWith(TOKEN))(ofForm('https://b.example/w', 'Aa=2&Aa=1&Aa=2', signature))).toBe(true);
});

it('takes no body without its hash in the address, whoever signed the address', async () => {
  const isSigned = await signedWith(TOKEN);
  expect(isSigned(ofBody('https://b.example/w', '{}', sign('https://b.example/w', '')))).toBe(false);
  const wrong = `https://b.example/w?bodySHA256=${createHash('sha256').update('[]').digest('hex')}`;
  expect(isSigned(ofBody(wrong, '{}', sign(wrong, '')))).toBe(false);
});

it('refuses an empty token, though the signature was made with one', async () => {
  const signature = sign('https://b.example/w', CALL, '');
  expect((await signedWith(''))(ofForm('https://b.example/w', CALL, signature))).toBe(false);
});

it('refuses what is no address, and throws for nothing', async () => {
  const isSigned = await signedWith(TOKEN);
  expect(isSigned(ofForm('not an address', CALL, 'x'))).toBe(false);
  expect(isSigned(ofForm('https://b.example/w', '__proto__=x&constructor=y&%=%', 'x'))).toBe(false);
});
