import type { Document, MongoClient } from '@parley/server/src/storage/embedded/testing/driver.ts';
import type { Shapes } from '../case-result.ts';
import type { ClientEvents } from './format.ts';
import { difference, type Known, show } from './match.ts';

/** One thing that a client told about itself, in the words of the test format. */
export interface Seen {
  name: string;
  event: Document;
}

const COMMAND_EVENTS = ['commandStarted', 'commandSucceeded', 'commandFailed'] as const;
const POOL_EVENTS = [
  'connectionPoolCreated',
  'connectionPoolReady',
  'connectionPoolCleared',
  'connectionPoolClosed',
  'connectionCreated',
  'connectionReady',
  'connectionClosed',
  'connectionCheckOutStarted',
  'connectionCheckOutFailed',
  'connectionCheckedOut',
  'connectionCheckedIn',
] as const;

// configureFailPoint belongs to the runner, the others are for signing in: the format has them ignored.
const NEVER_SEEN = new Set(['configureFailPoint', 'authenticate', 'saslStart', 'saslContinue', 'getnonce']);
const GREETINGS = new Set(['hello', 'ismaster', 'isMaster']);

/** Writes down what a client tells. `spec` is the client's entry in the test file. */
export function observe(client: MongoClient, spec: Document, seen: Seen[], shapes: Shapes): void {
  const wanted = new Set<string>(spec.observeEvents ?? []);
  const ignored = new Set<string>(spec.ignoreCommandMonitoringEvents ?? []);
  for (const name of COMMAND_EVENTS) {
    client.on(name, (event: Document) => {
      const { commandName } = event;
      if (name === 'commandStarted' && commandName !== 'configureFailPoint') shapes.add(commandOf(event));
      if (!wanted.has(`${name}Event`) || ignored.has(commandName) || NEVER_SEEN.has(commandName)) return;
      if (isRedactedGreeting(event) && !spec.observeSensitiveCommands) return;
      seen.push({ name: `${name}Event`, event });
    });
  }
  for (const name of POOL_EVENTS) {
    client.on(name, (event: Document) => {
      const said = name.startsWith('connectionPool') ? name.replace('connectionPool', 'pool') : name;
      if (wanted.has(`${said}Event`)) seen.push({ name: `${said}Event`, event });
    });
  }
}

/** What was sent; of a command that held a secret the driver tells the name only. */
const commandOf = ({ commandName, command }: Document): Document =>
  Object.keys(command).length > 0 ? command : { [commandName]: 1 };

/** Emptied by the driver because the client signs in with it. */
const isRedactedGreeting = ({ commandName, command, reply }: Document): boolean =>
  GREETINGS.has(commandName) && Object.keys(command ?? reply ?? {}).length === 0;

/** The first difference between what a client told and what it should have. */
export function differenceOfEvents(expected: ClientEvents, all: Seen[], known: Known): string | null {
  const kind = expected.eventType ?? 'command';
  const seen = all.filter(({ name }) => kindOf(name) === kind);
  for (const [at, wanted] of expected.events.entries()) {
    const [[name, fields] = ['', {}]] = Object.entries(wanted);
    const one = seen[at];
    if (one?.name !== name) return `event ${at} is ${one ? brief(one) : 'missing'}, expected ${name}`;
    const why = differenceOfEvent(fields, one.event, known);
    if (why) return `event ${at}, ${brief(one)}: ${why}`;
  }
  const extra = seen.slice(expected.events.length);
  return extra.length === 0 || expected.ignoreExtraEvents ? null : `more events than expected: ${extra.map(brief)}`;
}

function differenceOfEvent(fields: Document, event: Document, known: Known): string | null {
  const { hasServiceId, hasServerConnectionId, command, reply, ...rest } = fields;
  if (command) {
    const why = difference(command, event.command, known);
    if (why) return `command: ${why} in ${show(event.command)}`;
  }
  if (reply) {
    const why = difference(reply, event.reply, known);
    if (why) return `reply: ${why} in ${show(event.reply)}`;
  }
  if (hasServiceId !== undefined && hasServiceId !== Boolean(event.serviceId)) return 'serviceId';
  if (hasServerConnectionId !== undefined && hasServerConnectionId !== (event.serverConnectionId != null)) {
    return `serverConnectionId is ${event.serverConnectionId}`;
  }
  return difference(rest, { ...event, databaseName: event.databaseName }, known);
}

const brief = ({ name, event }: Seen): string => `${name} ${event.commandName ?? ''}`.trim();

const kindOf = (name: string): string => {
  if (name.startsWith('command')) return 'command';
  return name.startsWith('connection') || name.startsWith('pool') ? 'cmap' : 'sdam';
};
