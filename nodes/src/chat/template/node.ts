import { type Context, defineNode, type OutboundContent, valueToText } from '@parley/runtime';
import { receiveChoice } from '../choice.ts';
import { LISTENS, listeningTimers } from '../listening.ts';
import { type Config, config, repliesOf } from './config.ts';
import { CONTACT, templateLanguage } from './language.ts';

/**
 * Sends an approved template: the only message that may go out when the person was silent for 24 hours.
 *
 * With `waitForReply` it waits for one of its quick replies, each of which is a port by its payload; a reply counts by the
 * payload, else by the button's `title` where that is given. A reply that is neither takes `other`; without that edge the
 * template is sent once more. A reminder is a free text, which WhatsApp takes only in the 24 hours after the person wrote:
 * it is left out while that window is closed.
 *
 * `language` is a code, "contact" (their language, else the flow's) or a template; with `languages` the one of them that
 * suits the person best is taken, else the first.
 *
 * @example { "name": "visit", "language": "contact", "languages": ["en_US", "es", "pt_BR"], "waitForReply": true,
 *   "buttons": [{ "index": 0, "payload": "keep", "title": "I am coming" }, { "index": 1, "payload": "move" }] }
 *   // ports: keep, move, other, timeout, error
 */
export const template = defineNode({
  type: 'chat.template',
  title: 'Send a template',
  group: 'chat',
  icon: 'template',
  description:
    'Sends a template that WhatsApp has approved, with its parameters filled in, and can wait for its buttons.',
  config,
  literal: ['name', 'languages', 'saveAs'],
  sends: true,
  listens: ({ waitForReply }) => waitForReply,
  ports: (config) =>
    config.waitForReply ? [...repliesOf(config).map((reply) => reply.id), 'other', 'timeout'] : ['next'],
  wait: {
    prompt: (ctx) => ({
      ...(ctx.config.waitForReply ? {} : { port: 'next' }),
      effects: [{ type: 'message.send', content: contentOf(ctx) }],
    }),
    on: LISTENS,
    timers: ({ config }) => listeningTimers(config),
    receive: (ctx) =>
      ctx.event.type === 'timer' && !mayWrite(ctx)
        ? { stay: true }
        : receiveChoice(ctx, repliesOf(ctx.config), { keep: 'id', numbered: false }),
  },
});

function contentOf({ config, contact, language: spoken }: Context<Config>): OutboundContent {
  const { name, language: wanted, languages, parameters, header, buttons } = config;
  // Where there are some to choose from, who speaks no known language gets the first of them, not the flow's
  const own = contact.language ?? (languages ? '' : spoken);
  const language = templateLanguage(wanted === CONTACT ? own : wanted, languages);
  const texts = Object.fromEntries(Object.entries(parameters).map(([key, value]) => [key, valueToText(value)]));
  const sent = buttons?.map(({ title: _, ...button }) => button);
  return { kind: 'template', name, language, parameters: texts, header, buttons: sent };
}

/** Whether a free text may go out: WhatsApp's window of 24 hours is open. */
const mayWrite = ({ conversation: { windowClosesAt }, now }: Context<unknown>): boolean =>
  windowClosesAt !== null && Date.parse(now) < Date.parse(windowClosesAt);
