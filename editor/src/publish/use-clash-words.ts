import { nodeTypes } from '@parley/nodes';
import type { Flow, FlowNode } from '@parley/runtime';
import { useTranslation } from 'react-i18next';
import type { FlowClash } from '../document/merge-flows.ts';
import { fieldName } from './field-name.ts';
import { portName, type StepName, stepName } from './step-name.ts';
import { useFactWords } from './use-fact-words.ts';

/** What two people disagree about, as a person reads it. Null: it is empty, or is not there. */
export interface ClashWords {
  title: string;
  mine: string | null;
  theirs: string | null;
}

const PLAIN = { input: null, options: {} };

/** Says clashes of two flows in the person's language: labels of steps and fields, never ids. */
export function useClashWords(): (clash: FlowClash, flows: { mine: Flow; theirs: Flow }) => ClashWords {
  const { t, i18n } = useTranslation('publish');
  const { step, field, port, value, settingName } = useFactWords();
  return ({ path: [part, id = '', ...rest], mine, theirs }, flows) => {
    const nodesCalled = (name: string): FlowNode[] =>
      [flows.mine, flows.theirs].flatMap(({ nodes }) => nodes.filter((node) => node.id === name));
    const named = (name: string): StepName =>
      stepName(nodesCalled(name)[0] ?? { id: name, type: '', config: {} }, nodeTypes);
    const values = (say: (one: unknown) => string | null) => ({ mine: say(mine), theirs: say(theirs) });
    const plain = (one: unknown) => value(one, PLAIN);
    const name = String(id);
    switch (part) {
      case 'name':
        return { title: t('fact.flow_renamed'), ...values(plain) };
      case 'settings':
        return { title: t('fact.setting_changed', { setting: settingName(name) }), ...values(plain) };
      case 'nodes': {
        const nodes = nodesCalled(name);
        const called = step(named(name));
        if (rest.length === 0)
          return { title: called, ...values((one) => (one === undefined ? t('clash.removed') : t('clash.kept'))) };
        if (rest[0] !== 'config') return { title: t('clash.nameOf', { step: called }), ...values(plain) };
        const configs = nodes.map(({ config }) => config);
        const place = fieldName(nodeTypes.get(nodes[0]?.type ?? ''), rest.slice(1), configs);
        const title = t('fact.field_changed', { field: field(place), step: called });
        return { title, ...values((one) => value(one, place)) };
      }
      case 'wires': {
        const [source = '', ...handle] = name.split(' ');
        const way = port(portName(nodesCalled(source), handle.join(' ')));
        const title = t('clash.wire', { port: way, step: step(named(source)) });
        return { title, ...values((one) => (typeof one === 'string' ? step(named(one)) : t('clash.nowhere'))) };
      }
      case 'variables':
        return { title: t('fact.variable_changed', { name }), ...values(plain) };
      case 'translations': {
        const language = new Intl.DisplayNames(i18n.language, { type: 'language' }).of(name) ?? name;
        const [source = ''] = String(rest[0] ?? '').split('.');
        const title = t('fact.translation_of_step', { language, step: step(named(source)) });
        return { title, ...values(plain) };
      }
      case 'notes':
        return { title: t('clash.note'), ...values(plain) };
      default:
        return { title: t('clash.group'), ...values(plain) };
    }
  };
}
