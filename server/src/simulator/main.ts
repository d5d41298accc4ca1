import { randomInt } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { addNumber, addPhone, NewNumber, NewPhone } from './network/numbers.ts';
import { buildSimulator } from './simulator.ts';

const HELP = `Both providers and customers' phones on this machine, with nothing sent to anybody.

  npm run simulator -- [--port 4400] [--host 127.0.0.1] [--webhook http://localhost:3000]

  --port        where it listens; 0 takes a free one
  --host        the address to listen on; the control has no password, so keep it on this machine
  --allow-host  a further name under which the control may be called, such as a container's
  --public-url  how Parley reaches this port, where that is not the loopback address
  --webhook     Parley's PUBLIC_URL; both numbers tell it what customers write
  --seed        a whole number: the same one makes the same ids and credentials again
  --offline     takes the links of sent files on trust instead of fetching them
  --help        this text`;

const pageDirectory =
  process.env.PARLEY_EDITOR_DIRECTORY ?? fileURLToPath(new URL('../../../editor/dist', import.meta.url));

try {
  await start();
} catch (error) {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'EADDRINUSE')
    console.error('The port is taken. Stop what listens there, or choose another with --port.');
  else console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

async function start(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '4400' },
      host: { type: 'string', default: '127.0.0.1' },
      'allow-host': { type: 'string', multiple: true, default: [] },
      'public-url': { type: 'string' },
      webhook: { type: 'string' },
      seed: { type: 'string' },
      offline: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(HELP);
  const port = whole('port', values.port, 65_535);
  const seed = values.seed === undefined ? randomInt(2 ** 32) : whole('seed', values.seed, 2 ** 32 - 1);
  const { app, network } = await buildSimulator({
    now: () => new Date(),
    seed,
    fetch,
    fetchLinks: !values.offline,
    allowedHosts: values['allow-host'],
    publicUrl: address('public-url', values['public-url']),
    pageDirectory,
  });
  const parley = address('webhook', values.webhook);
  const meta = addNumber(
    network,
    NewNumber.parse({
      provider: 'meta',
      name: 'Meta number',
      address: '+15550100001',
      webhookUrl: parley && `${parley}/webhook/meta/whatsapp`,
    }),
  );
  const twilio = addNumber(
    network,
    NewNumber.parse({
      provider: 'twilio',
      name: 'Twilio number',
      address: '+15550100002',
      webhookUrl: parley && `${parley}/webhook/twilio/whatsapp`,
      statusUrl: parley && `${parley}/webhook/twilio/status`,
    }),
  );
  addPhone(network, NewPhone.parse({ phone: '+447700900001', name: 'Ana' }));

  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void app.close().then(() => process.exit(0)));
  const listening = await app.listen({ port, host: values.host });
  const here = values['public-url'] ?? listening;

  console.log(`The simulator is at ${listening}/ (the phone page) and ${listening}/_/state (the control).

Start Parley with:
  META_GRAPH_URL=${here} TWILIO_API_URL=${here}

A number of Meta's to connect:`);
  if (meta.provider === 'meta')
    printLines({
      phoneNumberId: meta.id,
      businessAccountId: meta.account.id,
      accessToken: meta.account.accessToken,
      appSecret: meta.account.appSecret,
      verifyToken: meta.verifyToken,
    });
  console.log(
    '  Parley makes a verifyToken of its own: copy it to the phone page, or give Parley this one over its API.',
  );
  console.log('\nA number of Twilio’s to connect:');
  if (twilio.provider === 'twilio')
    printLines({ from: twilio.address, accountSid: twilio.account.id, authToken: twilio.account.authToken });
  console.log(`\nThe same credentials again: --seed ${seed}`);
}

function printLines(facts: Record<string, string>): void {
  for (const [name, value] of Object.entries(facts)) console.log(`  ${name.padEnd(18)} ${value}`);
}

function whole(name: string, given: string, most: number): number {
  const number = Number(given);
  if (!Number.isInteger(number) || number < 0 || number > most)
    throw new Error(`--${name} has to be a whole number from 0 to ${most}.`);
  return number;
}

/** Without its trailing slashes. */
function address(name: string, given: string | undefined): string | undefined {
  if (given !== undefined && !/^https?:\/\//.test(given))
    throw new Error(`--${name} has to begin with http:// or https://.`);
  return given?.replace(/\/+$/, '');
}
