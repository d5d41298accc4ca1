import { isObject } from '@parley/runtime';
import { useTranslation } from 'react-i18next';
import { readConfig } from '../steps/config.ts';
import { conditionInWords, durationInWords } from '../steps/in-words.ts';
import { useFormats } from '../ui/formats.ts';
import { isolate } from '../ui/isolate.ts';
import { useNodeWords } from '../ui/node-words.ts';
import { useOwnWords } from '../ui/use-own-words.ts';
import { type Fact, isCondition } from './describe-difference.ts';
import type { FieldName } from './field-name.ts';
import type { PortName, StepName } from './step-name.ts';

/** A fact as a person reads it. */
export interface Sentence {
  /** What changed. */
  text: string;
  /** From what to what; null where that would be nothing; left out where the sentence says it all. */
  values?: {
    before: string | null;
    after: string | null;
    /** They are sentences of the page's language, and run as it does; others run as their own words do. */
    isSaid?: boolean;
  };
}

const SETTINGS = [
  'language',
  'interrupts',
  'onError',
  'expireAfter',
  'onExpire',
  'timezone',
  'priority',
  'channels',
] as const;
const PORTS = ['next', 'other', 'timeout', 'error', 'invalid', 'chosen'] as const;
const MOST = 300; // characters of a value that is no text: beyond these nobody compares by eye

/** Says facts in the person's language: labels of steps and fields, never ids. */
export function useFactWords() {
  const { t, i18n } = useTranslation('publish');
  const { t: onCards } = useTranslation('canvas');
  const word = useNodeWords();
  const own = useOwnWords();
  const { list, number } = useFormats();

  function step({ label, title, words }: StepName): string {
    if (label !== null) return own(label);
    return words ? t('step', { title: word(title), words: own(words) }) : word(title);
  }
  const field = ({ labels }: FieldName): string =>
    labels.map(({ text, isOwn }) => (isOwn ? own(text) : word(text))).join(' › ');
  const port = ({ port: name, choice }: PortName): string => {
    const known = PORTS.find((one) => one === name);
    if (choice !== null) return own(choice);
    return known ? t(`ports.${known}`) : word(name);
  };

  const settingName = (name: string): string => {
    const known = SETTINGS.find((one) => one === name);
    return known ? t(`settings.${known}`) : name;
  };

  /** A sentence of the page's language, whatever is compared in it. */
  function condition(one: Record<string, unknown>): string {
    const inOwn = (part: unknown) => (typeof part === 'string' ? own(part) : part);
    return conditionInWords(readConfig({ ...one, left: inOwn(one.left), right: inOwn(one.right) }), onCards);
  }

  function value(one: unknown, { input, options }: Pick<FieldName, 'input' | 'options'>): string | null {
    if (one === undefined || one === null || one === '') return null;
    if (typeof one === 'boolean') return one ? t('yes') : t('no');
    if (typeof one === 'number') return number(one);
    if (typeof one === 'string') {
      const option = options[one];
      if (option !== undefined) return word(option);
      return input === 'duration' ? durationInWords(one, i18n.language) : one;
    }
    if (Array.isArray(one) && one.every((item) => typeof item !== 'object'))
      return one.length === 0 ? null : list(one.map((item) => options[String(item)] ?? String(item)));
    if (Array.isArray(one) && one.every(isCondition)) return one.map(condition).join('\n');
    if (isCondition(one)) return condition(one);
    if (isObject(one)) {
      const title = [one.title, one.label, one.name, one.text].find((text) => typeof text === 'string' && text !== '');
      if (typeof title === 'string') return title;
    }
    const text = JSON.stringify(one);
    return text.length > MOST ? `${text.slice(0, MOST)}…` : text;
  }

  function sentence(fact: Fact): Sentence {
    switch (fact.kind) {
      case 'flow_renamed':
        return { text: t('fact.flow_renamed'), values: { before: fact.before, after: fact.after } };
      case 'step_added':
      case 'step_removed':
        return { text: t(`fact.${fact.kind}`, { step: step(fact.node) }) };
      case 'step_renamed':
        return { text: t('fact.step_renamed', { before: step(fact.before), after: step(fact.after) }) };
      case 'step_updated':
        return { text: t('fact.step_updated', { step: step(fact.node), before: fact.before, after: fact.after }) };
      case 'field_changed': {
        const words = { field: field(fact.field), step: step(fact.node) };
        const [before, after] = [value(fact.before, fact.field), value(fact.after, fact.field)];
        const kind = before === null ? 'field_set' : after === null ? 'field_cleared' : 'field_changed';
        const isSaid = isSentence(fact.before) || isSentence(fact.after);
        return { text: t(`fact.${kind}`, words), values: { before, after, isSaid } };
      }
      case 'item_added':
      case 'item_removed': {
        const words = { field: field(fact.field), step: step(fact.node) };
        const item = value(withoutId(fact.item), fact.field);
        const [before, after] = fact.kind === 'item_added' ? [null, item] : [item, null];
        return { text: t(`fact.${fact.kind}`, words), values: { before, after, isSaid: isSentence(fact.item) } };
      }
      case 'field_ordered':
        return { text: t('fact.field_ordered', { field: field(fact.field), step: step(fact.node) }) };
      case 'wire_changed': {
        const words = { port: port(fact.port), step: step(fact.node) };
        if (fact.after) return { text: t('fact.wire_leads', { ...words, after: step(fact.after) }) };
        return { text: t('fact.wire_cut', { ...words, before: fact.before ? step(fact.before) : '' }) };
      }
      case 'setting_changed': {
        const input = fact.name === 'expireAfter' ? 'duration' : null;
        const [before, after] = [fact.before, fact.after].map((one) => value(one, { input, options: {} })) as [
          string | null,
          string | null,
        ];
        return { text: t('fact.setting_changed', { setting: settingName(fact.name) }), values: { before, after } };
      }
      case 'variable_added':
      case 'variable_removed':
        return { text: t(`fact.${fact.kind}`, { name: fact.name }) };
      case 'variable_changed': {
        const plain = { input: null, options: {} };
        const values = { before: value(fact.before, plain), after: value(fact.after, plain) };
        return { text: t('fact.variable_changed', { name: fact.name }), values };
      }
      case 'translation_changed': {
        const language = new Intl.DisplayNames(i18n.language, { type: 'language' }).of(fact.language) ?? fact.language;
        const text = fact.node
          ? t('fact.translation_of_step', { language, step: step(fact.node) })
          : t('fact.translation', { language });
        return { text, values: { before: fact.before, after: fact.after } };
      }
      case 'layout_changed':
        return { text: t('fact.layout_changed') };
    }
  }

  /** In one line, for lists that have no room. */
  function line(fact: Fact): string {
    const { text, values } = sentence(fact);
    if (!values) return text;
    const { before, after } = values;
    if (before === null || after === null) return t('withValue', { text, value: isolate(before ?? after ?? '') });
    return t('withValues', { text, before: isolate(before), after: isolate(after) });
  }

  return { sentence, line, step, field, port, value, settingName };
}

/** What is told as sentences of the page's language. */
const isSentence = (value: unknown): boolean =>
  isCondition(value) || (Array.isArray(value) && value.length > 0 && value.every(isCondition));

/** Ids are nobody's business. */
function withoutId(item: unknown): unknown {
  if (!isObject(item)) return item;
  const { id: _, ...rest } = item;
  return Object.keys(rest).length === 0 ? undefined : rest;
}
