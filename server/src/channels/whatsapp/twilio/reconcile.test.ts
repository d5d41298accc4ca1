import { describe, expect, it } from 'vitest';
import { createTwilioClient } from './client.ts';
import { findMissed } from './reconcile.ts';

const NOW = new Date('2026-03-02T09:00:00Z');
const ACCESS = { apiUrl: 'https://twilio.test', accountSid: 'AC1', authToken: 'token' };

type Row = Record<string, unknown>;
const row = (change: Row): Row => ({
  sid: 'SM1',
  account_sid: 'AC1',
  from: 'whatsapp:+447911123456',
  to: 'whatsapp:+14155238886',
  body: 'hi',
  direction: 'inbound',
  num_media: '0',
  date_created: 'Mon, 02 Mar 2026 08:00:00 +0000',
  date_sent: 'Mon, 02 Mar 2026 08:00:00 +0000',
  ...change,
});

/** What is found when Twilio gives these pages, and this for files; each request is logged. */
async function find(pages: Row[][], known: string[] = [], media = () => Response.json({ media_list: [] })) {
  const asked: URL[] = [];
  const fake = async (given: string | URL | Request) => {
    const url = new URL(String(given));
    asked.push(url);
    if (url.pathname.endsWith('/Media.json')) return media();
    const page = Number(url.searchParams.get('Page') ?? 0);
    const next = page + 1 < pages.length ? `/2010-04-01/Accounts/AC1/Messages.json?Page=${page + 1}` : null;
    return Response.json({ messages: pages[page] ?? [], next_page_uri: next });
  };
  const client = await createTwilioClient({ ...ACCESS, fetch: fake as typeof fetch });
  const since = new Date('2026-03-01T09:00:00Z');
  const isKnown = async (sid: string) => known.includes(sid);
  const found = await findMissed({ client, apiUrl: ACCESS.apiUrl, address: '+14155238886', since, now: NOW, isKnown });
  return { asked, found, sids: found.messages.map(({ providerId }) => providerId) };
}

it('asks for what came to the number since then, and follows the pages', async () => {
  const { asked, found, sids } = await find([[row({ sid: 'SM2' })], [row({ sid: 'SM1' })]]);
  expect(asked[0]?.search).toContain('To=whatsapp%3A%2B14155238886&DateSent%3E=2026-03-01T09%3A00%3A00Z');
  expect(asked).toHaveLength(2);
  expect(sids).toEqual(['SM2', 'SM1']);
  expect(found.whole).toBe(true);
});

it('gives the oldest first, each with its time, and leaves out what is known', async () => {
  const { found, sids } = await find(
    [
      [
        row({ sid: 'SM3', date_sent: 'Mon, 02 Mar 2026 08:30:00 +0000' }),
        row({ sid: 'SM2' }),
        row({ sid: 'SM1', date_sent: 'Mon, 02 Mar 2026 07:00:00 +0000' }),
      ],
    ],
    ['SM2'],
  );
  expect(sids).toEqual(['SM1', 'SM3']);
  expect(found.messages[0]).toMatchObject({
    sentAt: new Date('2026-03-02T07:00:00Z'),
    from: { waId: '447911123456', bsuid: null },
    message: { type: 'text', text: 'hi' },
    speaks: true,
  });
});

it('keeps silent about what is older than a day', async () => {
  const { found } = await find([
    [
      row({ sid: 'SM2', date_sent: 'Sun, 01 Mar 2026 09:00:00 +0000' }),
      row({ sid: 'SM1', date_sent: 'Sun, 01 Mar 2026 08:59:59 +0000' }),
    ],
  ]);
  expect(found.messages.map(({ speaks }) => speaks)).toEqual([false, true]);
});

it.each([
  ['a date that is none', { date_sent: 'soon' }, { sentAt: new Date('2026-03-02T08:00:00Z') }],
  ['no date at all', { date_sent: null, date_created: null }, { sentAt: NOW }],
  ['neither words nor files', { body: '' }, { message: { type: 'other', data: { type: 'untold' } }, speaks: true }],
  ['no body', { body: null }, { message: { type: 'other' } }],
  ['an id in the place of a phone', { from: 'whatsapp:CO.448A' }, { from: { waId: null, bsuid: 'CO.448A' } }],
  ['nobody', { from: null }, { from: { waId: null, bsuid: null } }],
])('reads a message with %s', async (_, change, element) => {
  const { found } = await find([[row(change)]]);
  expect(found.messages).toMatchObject([element]);
});

it('leaves out what we sent, and what went to another number', async () => {
  const others = [
    row({ direction: 'outbound-api' }),
    row({ to: 'whatsapp:+19995550000' }),
    row({ to: '+14155238886' }),
  ];
  expect((await find([others])).sids).toEqual([]);
});

it('says so when there are more than one look takes', async () => {
  const page = Array.from({ length: 200 }, (_, index) => row({ sid: `SM${index}` }));
  const { asked, found } = await find(Array.from({ length: 30 }, () => page));
  expect(found.whole).toBe(false);
  expect(asked).toHaveLength(25);
});

describe('files', () => {
  const picture = [row({ sid: 'MM1', num_media: '1' })];

  it('come with their addresses, and are asked for only where something is new', async () => {
    const uri = '/2010-04-01/Accounts/AC1/Messages/MM1/Media/ME1.json';
    const media = () => Response.json({ media_list: [{ sid: 'ME1', content_type: 'image/jpeg', uri }] });
    const { found } = await find([picture], [], media);
    expect(found.messages).toMatchObject([
      {
        message: { type: 'image', text: 'hi' },
        files: [
          { url: 'https://twilio.test/2010-04-01/Accounts/AC1/Messages/MM1/Media/ME1', contentType: 'image/jpeg' },
        ],
      },
    ]);
    expect((await find([picture], ['MM1'], media)).asked).toHaveLength(1);
  });

  it('that are gone leave the words', async () => {
    const gone = () => Response.json({ code: 20404, message: 'not found', status: 404 }, { status: 404 });
    expect((await find([picture], [], gone)).found.messages).toMatchObject([{ message: { text: 'hi' }, files: [] }]);
  });

  it('that cannot be asked for now leave the whole for the next look', async () => {
    const busy = () => Response.json({ code: 20429, message: 'slow down', status: 429 }, { status: 429 });
    await expect(find([picture], [], busy)).rejects.toMatchObject({ status: 429 });
  });
});
