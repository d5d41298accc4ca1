import { createHash, createHmac } from 'node:crypto';
import { isSignedBy } from '@parley/server/src/channels/whatsapp/meta/signature.ts';
import { readForm } from '@parley/server/src/channels/whatsapp/twilio/form.ts';
import { signedWith } from '@parley/server/src/channels/whatsapp/twilio/signature.ts';
import type { Corpus, TwilioVector } from './corpus.ts';

/** One signed request: whether it is accepted as it is, and with the byte at `changed` another. */
interface Vector {
  name: string;
  isAccepted(change: Change | null): Promise<boolean>;
  bytes: Record<Change['part'], number>;
}
interface Change {
  part: 'signed' | 'signature';
  at: number;
}

/** Every vector accepted; then each with every tenth byte of what was signed changed, and of its signature: refused, all. */
export async function checkSignatures({ meta, twilio, absent }: Corpus): Promise<string[]> {
  const problems: string[] = [];
  const groups = {
    'Meta, recorded': meta.map((one) => metaVector('recorded', one.app_secret, Buffer.from(one.raw_body), one.value)),
    'Meta, by the rules': metaByTheRules(),
    'Twilio, recorded': twilio.map(twilioVector),
    'Twilio, by the rules': twilioByTheRules().map(twilioVector),
  };
  for (const [group, vectors] of Object.entries(groups)) {
    let [accepted, refused, tried] = [0, 0, 0];
    for (const { name, isAccepted, bytes } of vectors) {
      if (await isAccepted(null)) accepted += 1;
      else problems.push(`${group}: ${name} was refused`);
      for (const change of changesOf(bytes)) {
        tried += 1;
        if (await isAccepted(change))
          problems.push(`${group}: ${name} with ${change.part}[${change.at}] changed was accepted`);
        else refused += 1;
      }
    }
    console.log(
      `${group.padEnd(21)} ${accepted} of ${vectors.length} accepted; ${refused} of ${tried} with one byte changed refused`,
    );
  }
  if (absent.length > 0)
    console.log(`  not tried: ${absent.length} vectors over files that the collection does not hold`);
  return problems;
}

function changesOf(bytes: Vector['bytes']): Change[] {
  return (['signed', 'signature'] as const).flatMap((part) => {
    const step = Math.max(1, Math.floor(bytes[part] / 10));
    return Array.from({ length: Math.ceil(bytes[part] / step) }, (_, at) => ({ part, at: at * step }));
  });
}

function withByte(bytes: Buffer, change: Change | null, part: Change['part']): Buffer {
  if (change?.part !== part) return bytes;
  const changed = Buffer.from(bytes);
  changed[change.at] = (changed[change.at] ?? 0) ^ 1;
  return changed;
}

function metaVector(name: string, secret: string, body: Buffer, signature: string): Vector {
  return {
    name,
    bytes: { signed: body.length, signature: signature.length },
    isAccepted: async (change) =>
      isSignedBy(
        secret,
        withByte(body, change, 'signed'),
        withByte(Buffer.from(signature), change, 'signature').toString(),
      ),
  };
}

/** `sha256=` and the HMAC-SHA256 of the bytes as they are. Source: Meta, "Create a webhook endpoint". */
function metaByTheRules(): Vector[] {
  const bodies: (string | Buffer)[] = [
    '{}',
    '{"object":"whatsapp_business_account","entry":[]}',
    '{"text":"a\\/b"}',
    '{"text":"a/b"}',
    '{"text":"Jos\\u00e9 \\ud83d\\udc4d"}',
    '{"text":"José 👍"}',
    '{"text":"مرحبا"}',
    '{ "spaces" : [ 1 , 2 ] }',
    '{"tab":\t1}',
    '{"line":1}\n',
    '{"line":1}\r\n',
    '\uFEFF{"mark":1}',
    '{"number":1.0,"same":1}',
    '{"twice":1,"twice":2}',
    '{"id":12345678901234567891}',
    'not json',
    ' ',
    Buffer.from([0, 255, 254, 128]),
    Buffer.alloc(64, 'block of the hash'),
    Buffer.alloc(3_000_000, 'x'),
  ];
  return bodies.map((given, index) => {
    const body = Buffer.from(given);
    const secret =
      index % 2 === 0 ? 'app_secret_123' : 'ключ, longer than the sixty-four bytes of one block of SHA-256, as it goes';
    return metaVector(
      `${index + 1}`,
      secret,
      body,
      `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
    );
  });
}

/** A changed byte of a form is one of its values', so that the body stays a form; of another body, one of its bytes. */
function twilioVector(vector: TwilioVector, index: number): Vector {
  const { auth_token, url, params, form, raw_body, signature } = vector;
  const encoded = params ? new URLSearchParams(params).toString() : form;
  const text = Buffer.from(raw_body ?? encoded ?? '');
  return {
    name: `${index + 1}`,
    bytes: { signed: text.length === 0 ? url.length : text.length, signature: signature.length },
    async isAccepted(change) {
      const isSigned = await signedWith(auth_token);
      // Nothing in the body: then the address is what is changed
      const address = text.length === 0 ? withByte(Buffer.from(url), change, 'signed').toString('latin1') : url;
      const body = withByte(text, change, 'signed').toString('latin1');
      const given = withByte(Buffer.from(signature), change, 'signature').toString('latin1');
      const read = raw_body === undefined ? readForm(body) : null;
      const whole = change?.part === 'signed' ? body : text.toString();
      return isSigned({ address, signature: given, form: read, body: whole });
    },
  };
}

/**
 * Base64 of the HMAC-SHA1 over the address and each parameter, sorted by name, name and value with nothing between. Another
 * body than a form is signed by its SHA-256 in the address. Source: Twilio, "Webhooks security".
 */
function twilioByTheRules(): TwilioVector[] {
  const HOST = 'https://bots.example.com';
  const token = 'd41d8cd98f00b204e9800998ecf8427e';
  const sign = (url: string, forms: [string, string][]) =>
    createHmac('sha1', token)
      .update(
        url +
          [...forms]
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([name, value]) => name + value)
            .join(''),
      )
      .digest('base64');
  const signed = (path: string, pairs: [string, string][], over = HOST + path): TwilioVector => ({
    auth_token: token,
    url: HOST + path,
    form: new URLSearchParams(pairs).toString(),
    signature: sign(over, pairs),
  });
  const MESSAGE: [string, string][] = [
    ['MessageSid', 'SM00000000000000000000000000000001'],
    ['From', 'whatsapp:+27820000001'],
    ['To', 'whatsapp:+14155238886'],
    ['Body', 'Hi'],
  ];
  const bodies: [string, string][][] = [
    [['Body', 'Hola ñ 👍']],
    [['Body', '']],
    [['Body', ' spaces  and\ttabs ']],
    [['Body', 'two\nlines\r\nand more']],
    [['Body', 'a+b=c&d%20e']],
    [['Body', 'مرحبا']],
    [['Body', 'x'.repeat(4_096)]],
    [
      ['Zeta', '1'],
      ['alpha', '2'],
      ['Alpha', '3'],
    ],
    [
      ['a', 'bc'],
      ['d', 'e'],
    ],
    [['MediaUrl0', 'https://api.twilio.com/2010-04-01/Accounts/AC0/Messages/MM0/Media/ME0']],
    [['ChannelMetadata', '{"type":"whatsapp","data":{"context":{"ProfileName":"Zoë"}}}']],
  ];
  const json = (text: string, path: string): TwilioVector => {
    const url = `${HOST}${path}bodySHA256=${createHash('sha256').update(text).digest('hex')}`;
    return { auth_token: token, url, raw_body: text, signature: sign(url, []) };
  };
  return [
    ...bodies.map((pairs) =>
      signed('/webhook/twilio/whatsapp', [...MESSAGE.filter(([name]) => name !== 'Body'), ...pairs]),
    ),
    signed('/webhook/twilio/status?messageId=msg_01&x=a%20b', MESSAGE),
    signed('/webhook/twilio/status?', MESSAGE),
    signed('/webhook/twilio/whatsapp', MESSAGE, `${HOST}:443/webhook/twilio/whatsapp`),
    signed('/webhook/twilio/whatsapp?a=1&b=2', MESSAGE, `${HOST}:443/webhook/twilio/whatsapp?a=1&b=2`),
    signed('/', MESSAGE),
    signed('/webhook/twilio/whatsapp', []),
    json('{"property":"value","boolean":true}', '/webhook/twilio/whatsapp?'),
    json('{"text":"Hola ñ"}', '/webhook/twilio/whatsapp?foo=1&'),
    json('[]', '/?'),
  ];
}
