import { type InboundMessage, inboundMessage, inboundText, isObject, type JsonObject } from '@parley/runtime';
import { durationBetween, readDuration } from './duration.ts';
import type { ScriptStep } from './recorder.ts';

/** What a typed line asks of the chat. */
export type Asked =
  | { do: 'say'; message: InboundMessage; step: ScriptStep }
  | { do: 'wait'; duration: string }
  | { do: 'agent'; decision: 'resume' | 'close' }
  | { do: 'event'; name: string; data: JsonObject }
  | { do: 'start'; node: string; data: JsonObject }
  | { do: 'fail'; reason: string }
  | { do: 'vars' | 'where' | 'help' | 'restart' | 'quit' }
  /** What was typed cannot be done; the words say what to type. */
  | { do: 'refuse'; why: string };

/** What a line is read against: the choices on the screen and the clock. */
export interface Situation {
  now: string;
  /** When the next timer fires, ISO 8601; null where none runs. */
  nextDue: string | null;
}

interface SlashCommand {
  usage: string;
  help: string;
  read(rest: string, situation: Situation): Asked;
}

const refuse = (why: string): Asked => ({ do: 'refuse', why });

const MEDIA = ['image', 'video', 'audio', 'document', 'sticker'] as const;
type MediaType = (typeof MEDIA)[number];
const isMedia = (word: string): word is MediaType => MEDIA.some((one) => one === word);

/** Every command of the chat; `/help` prints this list. */
export const SLASH: Readonly<Record<string, SlashCommand>> = {
  wait: {
    usage: '/wait 30m',
    help: 'lets time pass: 30m, 2h, 1d, 1h 30m or PT30M; timers fire at their moments',
    read: (rest) => {
      const duration = readDuration(rest);
      return duration === null
        ? refuse('Write how long, at most a year: /wait 30m, /wait 2h, /wait PT30M.')
        : { do: 'wait', duration };
    },
  },
  skip: {
    usage: '/skip',
    help: 'lets time pass up to the next timer',
    read: (_, { now, nextDue }) =>
      nextDue === null ? refuse('No timer runs.') : { do: 'wait', duration: durationBetween(now, nextDue) },
  },
  button: {
    usage: '/button ID [TITLE]',
    help: 'taps a button by its id, also one that is not on the screen',
    read: (rest) => {
      const [id = '', ...title] = rest.split(/\s+/);
      return id === '' ? refuse('Write the id of the button: /button yes.') : tap(id, title.join(' ') || null);
    },
  },
  send: {
    usage: '/send image URL [WORDS]',
    help: `sends a file: ${MEDIA.join(', ')}`,
    read: (rest) => {
      const [kind = '', url = '', ...caption] = rest.split(/\s+/);
      return isMedia(kind) && url !== ''
        ? file(kind, url, caption.join(' '))
        : refuse(`Write /send and ${MEDIA.join(', ')}, then an address.`);
    },
  },
  location: {
    usage: '/location LAT,LNG [NAME]',
    help: 'sends a place: /location 38.72,-9.14',
    read: (rest) => {
      const [, latitude, longitude, name] = /^(-?[\d.]+)\s*,\s*(-?[\d.]+)(?:\s+(.+))?$/.exec(rest) ?? [];
      return place(Number(latitude), Number(longitude), name ?? null);
    },
  },
  form: {
    usage: '/form {JSON}',
    help: 'sends the answers of a form',
    read: (rest) => {
      const data = readObject(rest);
      if (!data) return refuse('Write the answers as a JSON object: /form {"size": "L"}.');
      return { do: 'say', message: inboundMessage({ type: 'form', data }), step: { in: { type: 'form', data } } };
    },
  },
  say: {
    usage: '/say WORDS',
    help: 'sends words that would mean something here, such as a number or a "/"',
    read: (rest) => (rest === '' ? refuse('Write what to say: /say 2.') : words(rest)),
  },
  agent: {
    usage: '/agent resume|close',
    help: 'what people do with a conversation that was handed to them',
    read: (rest) =>
      rest === 'resume' || rest === 'close'
        ? { do: 'agent', decision: rest }
        : refuse('Write /agent resume or /agent close.'),
  },
  event: {
    usage: '/event NAME [{JSON}]',
    help: 'something happens outside of the chat: /event order.paid {"total": 12}',
    read: (rest) => {
      const given = nameAndObject(rest);
      return given
        ? { do: 'event', name: given.name, data: given.object }
        : refuse('Write the name, then its data as a JSON object: /event order.paid {"total": 12}.');
    },
  },
  start: {
    usage: '/start NODE [{JSON}]',
    help: 'a webhook or a schedule begins at this trigger, and brings this',
    read: (rest) => {
      const given = nameAndObject(rest);
      return given
        ? { do: 'start', node: given.name, data: given.object }
        : refuse(
            'Write the id of the trigger, then what the webhook brings as a JSON object: /start hook {"order": "A1"}.',
          );
    },
  },
  fail: {
    usage: '/fail REASON',
    help: 'the provider refuses the next message of the bot',
    read: (rest) => ({ do: 'fail', reason: rest || 'refused' }),
  },
  vars: { usage: '/vars', help: "the flow's variables", read: () => ({ do: 'vars' }) },
  where: { usage: '/where', help: 'the node, the status, the clock and the next timer', read: () => ({ do: 'where' }) },
  restart: { usage: '/restart', help: 'begins anew with nothing remembered', read: () => ({ do: 'restart' }) },
  help: { usage: '/help', help: 'this list', read: () => ({ do: 'help' }) },
  quit: { usage: '/quit', help: 'ends the chat', read: () => ({ do: 'quit' }) },
};

/** What a line that begins with "/" asks. */
export function readSlash(line: string, situation: Situation): Asked {
  const [, name = '', rest = ''] = /^\/(\S*)\s*([\s\S]*)$/.exec(line) ?? [];
  const command = Object.hasOwn(SLASH, name) ? SLASH[name] : undefined;
  if (!command)
    return refuse(`There is no /${name}. Type /help for what there is, or /say ${line} to send these words.`);
  return command.read(rest.trim(), situation);
}

export function helpLines(): string[] {
  const width = Math.max(...Object.values(SLASH).map(({ usage }) => usage.length));
  return [
    'What you type is sent to the bot; a number taps the button or row with that number.',
    ...Object.values(SLASH).map(({ usage, help }) => `  ${usage.padEnd(width)}  ${help}`),
  ];
}

export const words = (text: string): Asked => ({ do: 'say', message: inboundText(text), step: { in: { text } } });

export function tap(payload: string, title: string | null): Asked {
  const text = title === null ? {} : { text: title };
  return {
    do: 'say',
    message: inboundMessage({ type: 'button', payload, ...text }),
    step: { in: { payload, ...text } },
  };
}

function file(type: MediaType, url: string, caption: string): Asked {
  const media = { id: null, url, contentType: null, filename: null, caption: caption || null };
  const given = caption === '' ? { url } : { url, caption };
  return { do: 'say', message: inboundMessage({ type, media }), step: { in: { type, media: given } } };
}

function place(latitude: number, longitude: number, name: string | null): Asked {
  // Also refuses what is no number at all
  if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180))
    return refuse('Write latitude (-90 to 90) and longitude (-180 to 180): /location 38.72,-9.14.');
  const given = name === null ? { latitude, longitude } : { latitude, longitude, name };
  const message = inboundMessage({ type: 'location', location: { name: null, address: null, ...given } });
  return { do: 'say', message, step: { in: { type: 'location', location: given } } };
}

function nameAndObject(rest: string): { name: string; object: JsonObject } | null {
  const [, name, json = ''] = /^(\S+)\s*([\s\S]*)$/.exec(rest) ?? [];
  const object = json === '' ? {} : readObject(json);
  return name === undefined || name.startsWith('{') || !object ? null : { name, object };
}

function readObject(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? (value as JsonObject) : null;
  } catch {
    return null; // not JSON: whoever asked says what to write
  }
}
