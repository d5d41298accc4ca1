import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Graph } from '@parley/server/src/channels/whatsapp/meta/graph.ts';
import { uploadMedia } from '@parley/server/src/channels/whatsapp/meta/media.ts';
import { changeProfile, ProfileChange } from '@parley/server/src/channels/whatsapp/meta/profile.ts';
import {
  registerNumber,
  requestCode,
  subscribeApp,
  verifyCode,
} from '@parley/server/src/channels/whatsapp/meta/sign-up.ts';
import { channelOf } from '@parley/server/src/engine/testing/world.ts';
import type { Recorded } from './outbound-meaning.ts';

const PHONE = '/{Version}/{Phone-Number-ID}';

/** What else Parley asks Meta for with a body; each gets a recorded body and gives our own of the same meaning. */
export const CALLS: Record<string, (recorded: Recorded) => Promise<object>> = {
  [`POST ${PHONE}/register`]: ({ pin }) => posted((graph) => registerNumber(graph, '1', `${pin}`)),
  [`POST ${PHONE}/request_code`]: ({ code_method, language }) =>
    posted((graph) => requestCode(graph, '1', { method: `${code_method}` as 'SMS', language: `${language}` })),
  [`POST ${PHONE}/verify_code`]: ({ code }) => posted((graph) => verifyCode(graph, '1', `${code}`)),
  [`POST ${PHONE}/whatsapp_business_profile`]: ({ about, address, description, email, websites, vertical }) => {
    const change = ProfileChange.parse({ about, address, description, email, websites, vertical });
    return posted((graph) => changeProfile(graph, '1', change));
  },
  'POST /{Version}/{WABA-ID}/subscribed_apps': ({ override_callback_uri, verify_token }) =>
    posted((graph) =>
      subscribeApp(graph, '1', { callbackUrl: `${override_callback_uri}`, verifyToken: `${verify_token}` }),
    ),
  [`POST ${PHONE}/media`]: ({ file }) => uploaded(`${file}`.split(';type=')[1] ?? ''),
};

/** The body that our call posts. */
async function posted(call: (graph: Graph) => Promise<unknown>): Promise<object> {
  let body: object = {};
  const graph: Graph = {
    get: async () => ({ ok: true, value: {} }),
    rows: async () => ({ ok: true, value: { rows: [], whole: true } }),
    post: async (_, given = {}) => {
      body = JSON.parse(JSON.stringify(given));
      return { ok: true, value: {} };
    },
  };
  await call(graph);
  return body;
}

/** The form that goes out with a file, which itself counts by being there. */
async function uploaded(contentType: string): Promise<object> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-upload-'));
  const path = join(folder, 'file');
  let form: unknown;
  const fetch: typeof globalThis.fetch = async (_, init) => {
    form = init?.body;
    return Response.json({ id: '1' });
  };
  try {
    await writeFile(path, 'file');
    const channel = channelOf('chn_1');
    if (channel.provider !== 'meta') throw new Error('only a channel of Meta uploads files');
    const signal = AbortSignal.timeout(5_000);
    await uploadMedia(
      { graphUrl: 'https://graph.test', fetch },
      channel,
      { path, contentType, filename: 'file' },
      signal,
    );
  } finally {
    await rm(folder, { recursive: true });
  }
  if (!(form instanceof FormData)) throw new Error('the file was not sent as a form');
  return Object.fromEntries([...form].map(([name, value]) => [name, typeof value === 'string' ? value : '@']));
}

/** Calls that Parley does not make, by the address they go to. */
const SOLUTIONS =
  'solutions are for providers that manage the accounts of others; each installation of Parley is its own';
const MOBILITY = 'moves accounts between such providers';
const TEMPLATES = 'templates are written and approved in WhatsApp Manager; Parley reads them for sending';
export const NOT_OURS: Record<string, string> = {
  'template-creation body': TEMPLATES,
  '/{WABA}/message_templates': TEMPLATES,
  '/{WABA-ID}/message_templates': TEMPLATES,
  '/{TEMPLATE_ID}': TEMPLATES,
  '/whatsapp_business_solution': SOLUTIONS,
  '/{Solution-ID}/': SOLUTIONS,
  '/add_phone_numbers': SOLUTIONS,
  '/share_preverified_numbers': SOLUTIONS,
  '/set_solution_migration_intent': SOLUTIONS,
  obo_mobility_intent: MOBILITY,
  '/calls': 'voice calls: Parley is for messages',
  '/message_qrdls': 'QR codes are made in WhatsApp Manager',
  '/messages_encrypted': 'the same send with its payload encrypted beside TLS, for those who asked Meta for it',
  '/official_business_account': 'the blue mark is asked for in WhatsApp Manager',
  '/{Phone-Number-ID}/settings': 'settings of calls, storage and encryption are made in WhatsApp Manager',
  '/whatsapp_business_encryption': "keys of forms with an endpoint of their own, which is the form maker's",
  '/business_compliance_info': 'legal facts of businesses in India, entered in WhatsApp Manager',
  '/assigned_users': 'who may use the account is set in Meta Business Settings',
  '/conversational_automation': 'greetings, prompts and commands of the app: flows do that here',
  '/{WABA-ID}/phone_numbers': 'numbers are added in WhatsApp Manager or in the embedded sign-up',
  '/{WABA-ID}/schedules': "scheduled changes of an account's settings",
  '/{WABA-ID})': "an account's own settings",
  '/{WhatsApp-Business-Profile-ID}': 'older way to the profile, which goes by the number here',
  '/block_users': 'a blocked contact is blocked in Parley, and gets and gives nothing',
  '/{Phone-Number-ID})': "a number's own settings: name, two-step pin, webhook",
  marketing_messages: 'the marketing API, which no content asks for: templates go the usual way',
  '/message.json': "an answer to a send, not a call: it lies among the source's requests",
  '/expectedMessage18.json': "sets the pin at the number's own address; here it is set by registering",
};
