import { nodeTypes } from '@parley/nodes';
import type { FlowNode, Problem } from '@parley/runtime';
import type { CustomTypeOptions } from 'i18next';
import { useCallback, useContext } from 'react';
import { useTranslation } from 'react-i18next';
import { choiceTitle, usePortName } from '../steps/port-names.ts';
import { isolate } from '../ui/isolate.ts';
import { useNodeWords } from '../ui/node-words.ts';
import { fieldParts } from './field-parts.ts';
import { countTones, type FlowProblem, fieldOf } from './flow-problem.ts';
import { useNodeName } from './node-name.ts';
import { OpenFlowContext } from './use-document.ts';

type Code = keyof CustomTypeOptions['resources']['problems']['codes'];

/**
 * What is wrong, in the person's language: by the problem's code, with its values. A code that has no words yet, and what
 * node types say themselves, show as the checks said it.
 */
export function useProblemWords(): (problem: Problem) => string {
  const { t, i18n } = useTranslation('problems');
  const nodeWords = useNodeWords();
  const portName = usePortName();
  const open = useContext(OpenFlowContext);
  return useCallback(
    ({ code, message, node, values = {} }) => {
      const has = (key: string): key is Code => i18n.exists(`codes.${key}`, { ns: 'problems' });
      const key = [`${code}_${values.of}`, code].find(has);
      if (key === undefined) return nodeWords(typeof values.text === 'string' ? values.text : message);
      const config = open?.document.store.getSnapshot().context.flow.nodes.find(({ id }) => id === node)?.config;
      const port = typeof values.port === 'string' ? (choiceTitle(config, values.port) ?? portName(values.port)) : '';
      // Names in Latin letters would turn the quotation marks around them
      const show = i18n.dir() === 'rtl' ? isolate : (words: string) => words;
      const named = Object.fromEntries(Object.entries(values).map(([one, value]) => [one, show(String(value))]));
      return t(`codes.${key}`, { ...named, port: show(port), braces: show('{{contact.name}}') });
    },
    [t, i18n, nodeWords, portName, open],
  );
}

/** How many there are, such as `2 to finish, 1 problem`; empty where there are none. */
export function useProblemCount(): (problems: readonly FlowProblem[]) => string {
  const { t } = useTranslation('problems');
  return (problems) => {
    const { unfinished, error, warning } = countTones(problems);
    const faults = error + warning;
    return [
      ...(unfinished > 0 ? [t('unfinished', { count: unfinished })] : []),
      ...(faults > 0 ? [t('faults', { count: faults })] : []),
    ].join(' · ');
  };
}

/** The step and the field in it, by which a list names a problem's place: `Welcome › Message`; empty for the bot as a whole. */
export function useProblemAddress(): (problem: Problem, nodes: readonly FlowNode[]) => string {
  const nameOf = useNodeName();
  const placeOf = useProblemPlace();
  return useCallback(
    (problem, nodes) => {
      const node = nodes.find(({ id }) => id === problem.node);
      return node ? [nameOf(node), placeOf(problem, node)].filter(Boolean).join(' › ') : '';
    },
    [nameOf, placeOf],
  );
}

/** Where in a step a problem is, such as `Buttons 1 › Title`; empty where it is the step as a whole. */
export function useProblemPlace(): (problem: Problem, node: FlowNode | undefined) => string {
  const fieldWords = useFieldWords();
  return useCallback(({ path }, node) => (node ? fieldWords(node, fieldOf(path)) : ''), [fieldWords]);
}

/** The way to a field inside a step's config (a JSON pointer), as the form names it; `''` where nobody knows the step. */
export function useFieldWords(): (node: Pick<FlowNode, 'type'>, pointer: string) => string {
  const nodeWords = useNodeWords();
  return useCallback(
    ({ type }, pointer) => {
      const known = nodeTypes.get(type);
      if (!known) return '';
      return fieldParts(known.schema, pointer)
        .map((part) => (typeof part === 'number' ? String(part) : nodeWords(part)))
        .join(' › ')
        .replace(/ › (\d+)/g, ' $1');
    },
    [nodeWords],
  );
}
