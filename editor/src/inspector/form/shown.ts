import { isObject } from '@parley/runtime';
import type { Field } from './field.ts';

/** The field matters only while another one beside it has one of these values. */
type Needs = Readonly<Record<string, readonly (string | boolean)[]>>;

const FILES = ['image', 'video', 'audio', 'document', 'sticker'];
const SILENCE = ['saveAs', 'reminders', 'timeout'];
const whileOn = (switchKey: string): Record<string, Needs> =>
  Object.fromEntries(SILENCE.map((key) => [key, { [switchKey]: [true] }]));

/** Which fields show for which settings; what is not here always shows. Values of hidden fields stay. */
const NEEDS: Readonly<Record<string, Readonly<Record<string, Needs>>>> = {
  'chat.send': {
    text: { kind: ['text'] },
    url: { kind: FILES },
    caption: { kind: ['image', 'video', 'document'] },
    filename: { kind: ['document'] },
    voice: { kind: ['audio'] },
    latitude: { kind: ['location'] },
    longitude: { kind: ['location'] },
    title: { kind: ['location'] },
    address: { kind: ['location'] },
    contacts: { kind: ['contacts'] },
    emoji: { kind: ['reaction'] },
  },
  'chat.ask': {
    choices: { answer: ['choice'] },
    multiple: { answer: ['choice'] },
    minLength: { answer: ['text'] },
    maxLength: { answer: ['text'] },
    pattern: { answer: ['text'] },
    patternWords: { answer: ['text'] },
    min: { answer: ['number', 'date'] },
    max: { answer: ['number', 'date'] },
    integer: { answer: ['number'] },
    words: { answer: ['number'] },
    period: { answer: ['date'] },
    country: { answer: ['phone'] },
    kinds: { answer: ['media'] },
  },
  'chat.template': whileOn('waitForReply'),
  'chat.products': whileOn('waitForOrder'),
  'trigger.message': {
    keywords: { match: ['keyword'] },
    how: { match: ['keyword'] },
    payload: { match: ['button'] },
    title: { match: ['button'] },
    source: { match: ['referral'] },
  },
  'trigger.schedule': {
    date: { every: ['once'] },
    days: { every: ['week'] },
    dayOfMonth: { every: ['month'] },
  },
  'logic.end': { reason: { status: ['failed'] }, outcome: { status: ['done'] }, outputs: { status: ['done'] } },
};

/** Part of another field's input, which fills it in: a file's id beside its address, what a reaction answers. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  'chat.send': ['mediaId', 'to'],
};

/** Whether a field of the node's own settings is shown while the others stand as they do. */
export function isShown(type: string, field: Field, beside: readonly Field[], config: unknown): boolean {
  if (PARTS[type]?.includes(field.key)) return false;
  const values = isObject(config) ? config : {};
  return Object.entries(NEEDS[type]?.[field.key] ?? {}).every(([key, allowed]) => {
    const value = values[key] ?? beside.find((one) => one.key === key)?.fallback;
    return allowed.some((one) => one === value);
  });
}
