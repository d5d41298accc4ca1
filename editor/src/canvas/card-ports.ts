import { nodeTypes } from '@parley/nodes';
import type { Flow, FlowNode } from '@parley/runtime';
import type { TFunction } from 'i18next';
import { type Config, readConfig } from '../steps/config.ts';
import { conditionInWords, durationInWords } from '../steps/in-words.ts';
import { portsOfNode } from '../steps/ports-of-node.ts';

export interface CardPort {
  port: string;
  title: string;
  /** Drawn as the button or row that the person taps. */
  isChoice: boolean;
  /** Nothing but an end of the flow is lost where it leads nowhere. */
  isOptional: boolean;
}

const OPTIONAL: ReadonlySet<string> = new Set(['next', 'error', 'timeout', 'other', 'closed', 'resumed']);

interface PortWords {
  t: TFunction<'canvas'>;
  /** `usePortName`'s. */
  portName: (port: string) => string;
  language: string;
}

/** The ports of a card by name; of an unknown type those that wires leave. */
export function portsOfCard(node: FlowNode, wired: readonly string[], words: PortWords): CardPort[] {
  const known = portsOfNode(node, nodeTypes);
  const titles = choicesOf(readConfig(node.config), words.t);
  // A wire may leave a port that is no longer there: shown, so that it can be led elsewhere or taken away
  return [...new Set([...known, ...wired])].map((port) => {
    const title = titles.get(port);
    return {
      port,
      title: title ?? titleOf(port, node, words),
      isChoice: title !== undefined,
      isOptional: OPTIONAL.has(port),
    };
  });
}

function titleOf(port: string, node: FlowNode, { t, portName, language }: PortWords): string {
  const timeout = port === 'timeout' && readConfig(node.config).text('timeout');
  return timeout ? t('timeoutAfter', { time: durationInWords(timeout, language) }) : portName(port);
}

/** By id: the words of buttons, rows, cases and branches. */
function choicesOf(config: Config, t: TFunction<'canvas'>): Map<string, string> {
  const buttons = [config, ...config.list('cards')].flatMap((one) => one.list('buttons'));
  const rows = config.list('sections').flatMap((section) => section.list('rows'));
  const branches = config.list('branches');
  const total = branches.reduce((sum, branch) => sum + weightOf(branch), 0);
  return new Map(
    [
      ...[...buttons, ...rows].map((one): [string, string] => [one.text('id'), one.text('title') || t('untitled')]),
      ...config
        .list('cases')
        .map((one): [string, string] => [
          one.text('id'),
          one.text('title') || conditionInWords(one, t, config.text('value')),
        ]),
      ...branches.map((one): [string, string] => {
        const share = total > 0 ? Math.round((weightOf(one) / total) * 100) : 0;
        return [one.text('id'), `${one.text('title') || one.text('id')} · ${share}%`];
      }),
    ].filter(([id]) => id !== ''),
  );
}

const weightOf = (branch: Config): number => {
  const weight = branch.value('weight');
  return typeof weight === 'number' ? weight : 1;
};

const wiredBy = new WeakMap<Flow['edges'], ReadonlyMap<string, readonly string[]>>();

/** By node: its ports that lead somewhere. */
export function wiredPorts({ edges }: Flow): ReadonlyMap<string, readonly string[]> {
  const known = wiredBy.get(edges);
  if (known) return known;
  const wired = new Map<string, string[]>();
  for (const { source, sourceHandle } of edges) {
    const ports = wired.get(source);
    if (ports) ports.push(sourceHandle);
    else wired.set(source, [sourceHandle]);
  }
  wiredBy.set(edges, wired);
  return wired;
}
