import { dayInWords, durationInWords } from '../../steps/in-words.ts';
import { conditionsInWords } from './condition-lines.ts';
import { plain, quiet, type Summarize, type Telling } from './summary.ts';

const WEEK = ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'] as const;

/** What begins a flow, time, and people. */
export const REST: Readonly<Record<string, Summarize>> = {
  'trigger.message': ({ config, t }) => {
    const match = config.text('match') || 'keyword';
    if (match === 'any') return { lines: [plain(t('triggers.any'))] };
    if (match === 'first') return { lines: [plain(t('triggers.first'))] };
    if (match === 'button')
      return { lines: [plain(t('triggers.button', { title: config.text('title') || config.text('payload') || '…' }))] };
    if (match === 'referral') return { lines: [plain(t('triggers.referral'))] };
    const how = HOW.find((one) => one === config.text('how')) ?? 'equals';
    const words = config.texts('keywords').join(', ');
    return words ? { lines: [plain(t(`how.${how}`, { words }))] } : { lines: [], missing: t('missing.keywords') };
  },
  'trigger.event': ({ config, t }) => ({
    lines: [
      ...(config.text('name') ? [plain(t('triggers.event', { name: config.text('name') }))] : []),
      ...conditionsInWords(config.list('when'), config.text('match'), t),
    ],
    missing: config.text('name') ? undefined : t('missing.event'),
  }),
  'trigger.webhook': ({ config, t }) => ({
    lines: config.text('saveAs') ? [quiet(t('savesAs', { name: config.text('saveAs') }))] : [],
  }),
  'trigger.schedule': schedule,
  'trigger.called': ({ t }) => ({ lines: [plain(t('triggers.called'))] }),
  'time.wait': ({ config, t, language }) => ({
    lines: config.text('duration')
      ? [plain(t('waits', { time: durationInWords(config.text('duration'), language) }))]
      : [],
    missing: config.text('duration') ? undefined : t('missing.duration'),
  }),
  'time.until': ({ config, t }) => ({
    lines: config.text('date')
      ? [plain(t('waitsUntil', { date: [config.text('date'), config.text('at')].filter(Boolean).join(' ') }))]
      : [],
    missing: config.text('date') ? undefined : t('missing.date'),
  }),
  'time.hours': ({ config, language }) => ({
    lines: WEEK.flatMap((day) => {
      const spans = config.object('hours').value(day);
      if (!Array.isArray(spans) || spans.length === 0) return [];
      const words = spans.map((span) => (Array.isArray(span) ? span.join('–') : '')).join(', ');
      return [quiet(`${dayInWords(day, language)} ${words}`)];
    }),
  }),
  'time.window': ({ config, t, language }) => ({
    lines: config.text('closing')
      ? [quiet(t('closing', { time: durationInWords(config.text('closing'), language) }))]
      : [],
  }),
  'people.handoff': ({ config, t, language }) => ({
    lines: [
      plain(config.text('team') ? t('handsTo', { team: config.text('team') }) : t('handsToAnyone')),
      ...(config.text('note') ? [quiet(config.text('note'))] : []),
      ...(config.text('timeout')
        ? [quiet(t('atMost', { time: durationInWords(config.text('timeout'), language) }))]
        : []),
    ],
  }),
  'people.assign': ({ config, t }) => ({
    lines: [
      ...['assignee', 'team', 'priority'].flatMap((key) => (config.text(key) ? [plain(config.text(key))] : [])),
      ...addAndRemove({ config: config.object('labels'), t }),
    ],
  }),
  'people.note': ({ config, t }) => ({
    lines: config.text('text') ? [plain(config.text('text'))] : [],
    missing: config.text('text') ? undefined : t('missing.text'),
  }),
  'people.notify': ({ config, t }) => ({
    lines: [
      ...[config.text('user') || config.text('team')].filter(Boolean).map(quiet),
      ...[config.text('text')].filter(Boolean).map(plain),
    ],
    missing: config.text('text') ? undefined : t('missing.text'),
  }),
  'contact.update': ({ config, t }) => ({
    lines: [...config.entries('fields'), ...config.entries('attributes')].map(([name, value]) =>
      plain(t('assigns', { name, value })),
    ),
  }),
  'contact.tag': (telling) => tags(telling, 'missing.tags'),
  'contact.group': (telling) => tags(telling, 'missing.groups'),
  'contact.consent': ({ config, t }) => ({
    lines: (['marketing', 'service'] as const).flatMap((kind) => {
      const is = config.text(kind);
      return is === 'given' || is === 'withdrawn' ? [plain(t(`consent.${kind}.${is}`))] : [];
    }),
  }),
  'event.emit': ({ config, t }) => ({
    lines: config.text('name') ? [plain(config.text('name'))] : [],
    missing: config.text('name') ? undefined : t('missing.event'),
  }),
};

const HOW = ['equals', 'contains', 'starts', 'pattern'] as const;
const EVERY = ['once', 'hour', 'day', 'week', 'month'] as const;

function schedule({ config, t, language }: Telling): ReturnType<Summarize> {
  const every = EVERY.find((one) => one === config.text('every')) ?? 'day';
  const audience = [...config.object('audience').texts('tags'), ...config.object('audience').texts('groups')];
  const details = [
    config.text('date'),
    ...config.texts('days').map((day) => dayInWords(day, language)),
    config.text('dayOfMonth'),
    config.text('at'),
  ].filter(Boolean);
  return {
    lines: [
      plain([t(`every.${every}`), ...details].join(' · ')),
      ...(audience.length > 0 ? [quiet(t('audience', { names: audience.join(', ') }))] : []),
    ],
    missing: audience.length === 0 ? t('missing.audience') : undefined,
  };
}

function tags(telling: Telling, missing: 'missing.tags' | 'missing.groups'): ReturnType<Summarize> {
  const lines = addAndRemove(telling);
  return { lines, missing: lines.length === 0 ? telling.t(missing) : undefined };
}

const addAndRemove = ({ config, t }: Pick<Telling, 'config' | 't'>) => [
  ...(config.texts('add').length > 0 ? [plain(t('adds', { names: config.texts('add').join(', ') }))] : []),
  ...(config.texts('remove').length > 0 ? [plain(t('removes', { names: config.texts('remove').join(', ') }))] : []),
];
