import { conditionInWords } from '../../steps/in-words.ts';
import { VARIANT_LABELS } from '../../ui/node-types/labels.ts';
import { conditionsInWords } from './condition-lines.ts';
import { code, plain, quiet, type Summarize } from './summary.ts';

/** Ways through the flow, and what happens to data. */
export const LOGIC: Readonly<Record<string, Summarize>> = {
  'logic.branch': ({ config, t }) => ({
    lines: conditionsInWords(config.list('conditions'), config.text('match'), t),
    missing: config.list('conditions').length === 0 ? t('missing.conditions') : undefined,
  }),
  'logic.switch': ({ config, t }) => ({
    lines: [
      plain(t('looksAt', { value: config.text('value') || '…' })),
      ...config
        .list('cases')
        .filter((one) => one.text('title'))
        .map((one) => quiet(`${one.text('title')}: ${conditionInWords(one, t, config.text('value'))}`)),
    ],
    missing: config.list('cases').length === 0 ? t('missing.cases') : undefined,
  }),
  'logic.random': ({ config, t }) => ({
    lines: config.text('experiment') ? [quiet(config.text('experiment'))] : [],
    missing: config.list('branches').length === 0 ? t('missing.branches') : undefined,
  }),
  'logic.loop': ({ config, t }) => ({
    lines: [plain(t('loops', { list: config.text('list') || '…', name: config.text('as') || '…' }))],
    missing: config.text('list') ? undefined : t('missing.list'),
  }),
  'logic.subflow': ({ config, t }) => ({
    lines: [
      ...(config.text('flow') ? [code(config.text('flow'))] : []),
      ...config.entries('inputs').map(([name, value]) => quiet(t('parameter', { name, value }))),
    ],
    missing: config.text('flow') ? undefined : t('missing.flow'),
  }),
  'flow.start': ({ config, t }) => ({
    lines: config.text('flow') ? [code(config.text('flow'))] : [],
    missing: config.text('flow') ? undefined : t('missing.flow'),
  }),
  'logic.goTo': ({ config, t, nameOf }) => ({
    lines: config.text('target') ? [plain(t('goesTo', { step: nameOf(config.text('target')) }))] : [],
    missing: config.text('target') ? undefined : t('missing.target'),
  }),
  'logic.goBack': () => ({ lines: [] }),
  'logic.end': ({ config, t }) => ({
    lines: [
      plain(t(config.text('status') === 'failed' ? 'endsFailed' : 'endsDone')),
      ...(config.text('outcome') ? [quiet(config.text('outcome'))] : []),
    ],
  }),
  'data.set': ({ config, t }) => ({
    lines: config.entries('assign').map(([name, value]) => plain(t('assigns', { name, value: value || '…' }))),
    missing: config.entries('assign').length === 0 ? t('missing.assign') : undefined,
  }),
  'data.transform': ({ config, t, word }) => ({
    lines: [
      plain(t('looksAt', { value: config.text('from') || '…' })),
      ...(config.list('steps').length > 0
        ? [
            quiet(
              config
                .list('steps')
                .map((step) => word(VARIANT_LABELS[step.text('do')] ?? step.text('do')))
                .join(' · '),
            ),
          ]
        : []),
      ...(config.text('saveAs') ? [quiet(t('savesAs', { name: config.text('saveAs') }))] : []),
    ],
    missing: config.text('from') ? undefined : t('missing.value'),
  }),
  'data.code': ({ config, t }) => ({
    lines: [
      ...(config.text('code') ? [code(config.text('code'))] : []),
      ...(config.text('saveAs') ? [quiet(t('savesAs', { name: config.text('saveAs') }))] : []),
    ],
    missing: config.text('code') ? undefined : t('missing.code'),
  }),
  'http.request': ({ config, t }) => ({
    lines: [
      ...(config.text('url') ? [code(`${config.text('method') || 'GET'} ${config.text('url')}`)] : []),
      ...(config.text('saveAs') ? [quiet(t('savesAs', { name: config.text('saveAs') }))] : []),
    ],
    missing: config.text('url') ? undefined : t('missing.url'),
  }),
};
