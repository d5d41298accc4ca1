import { nodeTypes } from '@parley/nodes';
import { isObject, type OutboundKind, TWILIO_SUPPORT } from '@parley/runtime';
import { isPrivate, PUBLIC_ADDRESS } from './address.ts';
import { serving } from './answering.ts';
import {
  counted,
  type Diagnostic,
  failing,
  NOT_READ,
  notApplicable,
  ok,
  SIMULATED,
  untold,
  warning,
} from './diagnostic.ts';
import type { Facts, OwnFacts } from './facts.ts';

const topic = 'Interactive elements not working' as const;

/** Templates that the live flows of this channel send, by name, with the languages they name (none: the person's own). */
function wantedTemplates(flows: NonNullable<OwnFacts['flows']>, channel: string) {
  return serving(flows, channel).flatMap(({ name: flow, document }) =>
    document.nodes.flatMap(({ type, config }) => {
      if (type !== 'chat.template' || !isObject(config) || typeof config.name !== 'string') return [];
      const { language } = config;
      const fixed = typeof language === 'string' && /^[a-z]{2,3}(_[A-Za-z]{2,4})?$/.test(language);
      return [{ flow, name: config.name, language: fixed ? language : null }];
    }),
  );
}

const approval: Diagnostic = {
  id: 'template-approval',
  topic,
  title: 'Approval of the templates that flows send',
  judge({ channel, own }) {
    if (channel.provider === 'simulator') return SIMULATED;
    if (!own.flows || !own.templates) return NOT_READ;
    const wanted = wantedTemplates(own.flows, channel.id);
    if (wanted.length === 0) return notApplicable('No live flow of this channel sends a template.');
    const { templates } = own;
    const faults = wanted.flatMap(({ flow, name, language }) => {
      const known = templates.filter((one) => one.name === name && (language === null || one.language === language));
      if (known.some(({ status }) => status === 'APPROVED')) return [];
      const state = known[0] ? `is ${known[0].status.toLowerCase().replaceAll('_', ' ')}` : 'does not exist';
      return [`"${name}"${language ? ` in ${language}` : ''} of the flow "${flow}" ${state}`];
    });
    if (faults.length === 0) return ok(`${counted(wanted.length, 'template')} of live flows, all approved.`);
    return failing(
      'template_not_approved',
      `The template ${faults.slice(0, 3).join('; ')}.`,
      'Have the template approved at the provider and read the templates in again, or choose another one in the flow.',
    );
  },
};

const elements: Diagnostic = {
  id: 'buttons-and-lists',
  topic,
  title: 'Buttons and lists',
  judge({ channel, own }) {
    if (!own.flows) return NOT_READ;
    const nodes = serving(own.flows, channel.id).flatMap(({ name: flow, document }) =>
      document.nodes.map(({ id, type, config }) => ({ flow, id, type, config })),
    );
    // A config that its node cannot read breaks WhatsApp's limits, or holds something that it does not know
    const broken = nodes.flatMap(({ flow, id, type, config }) => {
      const issue = type.startsWith('chat.') && nodeTypes.get(type)?.schema.safeParse(config).error?.issues[0];
      return issue ? [`node ${id} of "${flow}": ${issue.message}`] : [];
    });
    if (broken.length > 0)
      return failing(
        'elements_broken',
        `A message of a live flow cannot be sent: ${broken[0]}`,
        'Open the flow, repair the node, and publish it again.',
      );
    if (channel.provider !== 'twilio') return ok('The buttons and lists of live flows keep to WhatsApp’s limits.');
    const impossible = nodes.find(({ type }) => supportOf(type) === 'impossible');
    if (impossible)
      return warning(
        `Twilio cannot send what node ${impossible.id} of "${impossible.flow}" sends: it goes on without it.`,
        'Use another kind of message there, or name a channel of Meta in the flow’s settings.',
      );
    const other = nodes.find(({ type }) => supportOf(type) === 'other');
    return other
      ? warning(
          `Over Twilio, what node ${other.id} of "${other.flow}" sends becomes a plainer message.`,
          'Try it in the simulator as Twilio would show it.',
        )
      : ok('The buttons and lists of live flows keep to the limits of WhatsApp and Twilio.');
  },
};

const KINDS: Record<string, OutboundKind> = {
  'chat.react': 'reaction',
  'chat.buttons': 'buttons',
  'chat.list': 'list',
  'chat.callToAction': 'callToAction',
  'chat.locationRequest': 'locationRequest',
  'chat.flowForm': 'form',
  'chat.product': 'product',
  'chat.products': 'products',
  'chat.carousel': 'carousel',
};
function supportOf(type: string) {
  const kind = KINDS[type];
  return kind && TWILIO_SUPPORT[kind];
}

const WANTED_FIELDS = ['messages'];
const USEFUL_FIELDS = ['message_template_status_update', 'account_update', 'phone_number_quality_update'];

const events: Diagnostic = {
  id: 'webhook-events',
  topic,
  title: 'Webhook event subscriptions',
  judge({ channel, meta, twilio, publicUrl, isRehearsal }) {
    if (channel.provider === 'simulator') return SIMULATED;
    if (twilio) return statusAddress(twilio, publicUrl, isRehearsal);
    const subscription = meta?.subscription;
    if (!subscription?.ok) {
      // Taps on buttons arrive as messages: who hears messages hears them
      if (channel.heardFromAt) return ok('Messages arrive; taps on buttons and lists come with them.');
      return untold(subscription ?? null, 'The list of subscribed events');
    }
    const fields = subscription.value?.fields ?? [];
    const missing = WANTED_FIELDS.filter((field) => !fields.includes(field));
    const remedy = `Subscribe ${[...WANTED_FIELDS, ...USEFUL_FIELDS].join(', ')} in Meta’s app dashboard, under WhatsApp, Configuration.`;
    if (missing.length > 0)
      return failing('events_missing', 'The app is not subscribed to messages, so no tap and no text arrives.', remedy);
    const useful = USEFUL_FIELDS.filter((field) => !fields.includes(field));
    if (useful.length > 0) return warning(`The app does not hear of ${useful.join(', ')}.`, remedy);
    return ok('The app is subscribed to messages, and to news of templates and the account.');
  },
};

/** Every send names its own status address, so that a missing one at the sender harms nothing. */
function statusAddress({ sender, account }: NonNullable<Facts['twilio']>, publicUrl: string, isRehearsal: boolean) {
  if (!account?.ok) return untold(account, 'Twilio');
  if (!isRehearsal && isPrivate(publicUrl))
    return failing(
      'events_unreachable',
      `Twilio cannot report what becomes of messages: nobody reaches ${publicUrl} from the internet.`,
      PUBLIC_ADDRESS,
    );
  return sender?.ok && sender.value?.statusUrl
    ? ok('Twilio reports what becomes of messages.')
    : ok('Each message asks Twilio to report what becomes of it.');
}

const templates: Diagnostic = {
  id: 'approved-templates',
  topic,
  title: 'Approved templates to test with',
  judge({ channel, sync, own }) {
    if (channel.provider === 'simulator') return SIMULATED;
    if (!own.templates) return NOT_READ;
    const approved = own.templates.filter(({ status }) => status === 'APPROVED');
    if (approved.length > 0) return ok(`${counted(approved.length, 'approved template')}.`);
    if (!sync?.ok) return untold(sync, 'The list of templates');
    const off = own.templates.filter(({ status }) => ['REJECTED', 'PAUSED', 'DISABLED'].includes(status));
    const remedy =
      'Make one at the provider and have it approved: only a template can be sent after 24 hours of silence.';
    return off.length > 0
      ? failing('templates_off', `None of the ${counted(own.templates.length, 'template')} is approved.`, remedy)
      : warning('This number has no approved template yet.', remedy);
  },
};

export const interactive: Diagnostic[] = [approval, elements, events, templates];
