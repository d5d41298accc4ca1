import type { Config } from '../../steps/config.ts';
import { durationInWords } from '../../steps/in-words.ts';
import { type Bubble, code, type Line, type MediaKind, plain, quiet, type Summarize, type Telling } from './summary.ts';

const MEDIA: readonly MediaKind[] = ['image', 'video', 'audio', 'document', 'sticker'];

/** What the person sees in the chat, and what happens with the answer. */
export const MESSAGES: Readonly<Record<string, Summarize>> = {
  'chat.send': ({ config, t }) => sent(config, t),
  'chat.buttons': asked,
  'chat.list': (telling) => {
    const { config, t } = telling;
    const summary = asked(telling);
    const rows = config.text('rowsFrom');
    return {
      ...summary,
      bubble: { ...summary.bubble, opener: config.text('button') || t('opener') },
      lines: [...(rows ? [plain(t('rowsFrom', { list: rows }))] : []), ...summary.lines],
    };
  },
  'chat.template': ({ config, t, language }) => ({
    lines: [
      ...(config.text('name') ? [plain(`*${config.text('name')}*`)] : []),
      ...(config.text('language') ? [quiet(config.text('language'))] : []),
      ...config.entries('parameters').map(([name, value]) => plain(t('parameter', { name, value: value || '…' }))),
      ...(config.is('waitForReply') ? [quiet(t('waitsForReply')), ...waiting({ config, t, language })] : []),
    ],
    missing: config.text('name') ? undefined : t('missing.template'),
  }),
  'chat.ask': (telling) => {
    const { config, t } = telling;
    const answer = ANSWERS.find((one) => one === config.text('answer')) ?? 'text';
    const summary = asked(telling);
    return { ...summary, lines: [quiet(t(`answers.${answer}`)), ...summary.lines] };
  },
  'chat.callToAction': (telling) => {
    const { config, t } = telling;
    const summary = asked(telling);
    return {
      ...summary,
      bubble: { ...summary.bubble, opener: config.text('button') },
      lines: config.text('url') ? [code(config.text('url'))] : [],
      missing: summary.missing ?? (config.text('url') ? undefined : t('missing.url')),
    };
  },
  'chat.locationRequest': (telling) => {
    const summary = asked(telling);
    return { ...summary, bubble: { ...summary.bubble, opener: telling.t('sendLocation') } };
  },
  'chat.flowForm': (telling) => {
    const summary = asked(telling);
    return { ...summary, bubble: { ...summary.bubble, opener: telling.config.text('button') } };
  },
  'chat.product': ({ config, t }) => ({
    bubble: { text: config.text('text'), footer: config.text('footer') },
    lines: [plain(t('product', { id: config.text('productId') || '…' }))],
    missing: config.text('productId') ? undefined : t('missing.product'),
  }),
  'chat.products': ({ config, t }) => ({
    bubble: { header: config.text('header'), text: config.text('text'), footer: config.text('footer') },
    lines: config.list('sections').map((section) => plain(section.text('title') || t('products'))),
    missing: config.text('text') ? undefined : t('missing.text'),
  }),
  'chat.carousel': (telling) => {
    const { config, t } = telling;
    const cards = config.list('cards');
    const summary = asked(telling);
    return { ...summary, lines: [plain(t('cards', { count: cards.length })), ...summary.lines] };
  },
  'chat.react': ({ config, t }) => ({
    lines: [plain(config.text('emoji') ? t('reacts', { emoji: config.text('emoji') }) : t('takesReaction'))],
  }),
  'chat.markRead': ({ config, t }) => ({ lines: config.is('typing') ? [plain(t('showsTyping'))] : [] }),
};

const ANSWERS = ['text', 'number', 'email', 'phone', 'date', 'choice', 'media', 'location'] as const;

function sent(config: Config, t: Telling['t']): ReturnType<Summarize> {
  const kind = config.text('kind') || 'text';
  const media = MEDIA.find((one) => one === kind);
  if (media) {
    const has = config.text('url') !== '' || config.text('mediaId') !== '';
    return {
      bubble: { media: mediaOf(config, media, t), text: config.text('caption') },
      lines: [],
      missing: has ? undefined : t('missing.media'),
    };
  }
  if (kind === 'location')
    return {
      lines: [plain(config.text('title') || t('kinds.location')), quiet(config.text('address'))].filter(
        ({ text }) => text,
      ),
      missing: config.text('latitude') === '' ? t('missing.place') : undefined,
    };
  if (kind === 'contacts') {
    const people = config.list('contacts');
    return {
      lines: people.map((person) => plain([person.text('name'), ...person.texts('phones')].join(' · '))),
      missing: people.length === 0 ? t('missing.contacts') : undefined,
    };
  }
  if (kind === 'reaction') return { lines: [plain(t('reacts', { emoji: config.text('emoji') || '…' }))] };
  return {
    bubble: { text: config.text('text') },
    lines: [],
    missing: config.text('text') ? undefined : t('missing.text'),
  };
}

function mediaOf(config: Config, kind: MediaKind, t: Telling['t']): Bubble['media'] {
  const file = config.text('url').split(/[?#]/)[0]?.split('/').at(-1);
  const mediaId = config.text('mediaId');
  return { kind, name: config.text('filename') || file || t(`kinds.${kind}`), ...(mediaId && { mediaId }) };
}

function asked({ config, t, language }: Pick<Telling, 'config' | 't' | 'language'>): ReturnType<Summarize> {
  const header = config.value('header');
  const kind = MEDIA.find((one) => one === config.object('header').text('kind'));
  return {
    bubble: {
      ...(typeof header === 'string' && { header }),
      ...(kind && { media: mediaOf(config.object('header'), kind, t) }),
      text: config.text('text'),
      footer: config.text('footer'),
    },
    lines: waiting({ config, t, language }),
    missing: config.text('text') ? undefined : t('missing.text'),
  };
}

/** Where the answer is kept, and the reminders to who does not answer. */
function waiting({ config, t, language }: Pick<Telling, 'config' | 't' | 'language'>): Line[] {
  const saveAs = config.text('saveAs');
  return [
    ...(saveAs ? [quiet(t('savesAs', { name: saveAs }))] : []),
    ...config
      .list('reminders')
      .map((one) => quiet(t('remindsAfter', { time: durationInWords(one.text('after'), language) }))),
  ];
}
