import { Flow, type NodeTypes, portsOf } from '@parley/runtime';
import type { Draw } from './draw.ts';
import { CONFIGS } from './random-configs.ts';

type Config = Record<string, unknown>;

/** Ids of a random flow's nodes; `n0` is its first after the trigger. */
const idsOf = (count: number): string[] => Array.from({ length: count }, (_, at) => `n${at}`);
const OPEN = 5; // one port in so many leads nowhere

export interface Wishes {
  /** The flows that it may run inside. */
  callees: readonly string[];
  /** It runs inside another: it often ends by an outcome. */
  inside: boolean;
  /** Nodes beside the triggers. */
  count: number;
  /** How often the least taken port of a type was taken so far: rare types are drawn more often. */
  seen(type: string): number;
}

const CANDIDATES = 4; // types of which the rarest is drawn

/** A flow whose ports lead anywhere, round in circles too. */
export function randomFlow(draw: Draw, nodeTypes: NodeTypes, { callees, inside, count, seen }: Wishes): Flow {
  const ids = idsOf(count);
  const types = [...nodeTypes.values()];
  const triggers = types.filter(({ begins }) => begins).map(({ type }) => type);
  const others = types.filter(({ begins }) => !begins).map(({ type }) => type);
  const possible = others.filter((one) => one !== 'logic.subflow' || callees.length > 0);
  const rare = () =>
    Array.from({ length: CANDIDATES }, () => draw.from(possible)).reduce((a, b) => (seen(b) < seen(a) ? b : a));
  const begins = [draw.from(triggers), ...(draw.one(3) ? [draw.from(triggers)] : [])];
  const nodes = [
    ...begins.map((type, at) => ({ id: `start${at}`, type, config: draw.from(CONFIGS[type] ?? [{}]) })),
    ...ids.map((id, at) => {
      if (inside && at === 1) return { id, type: 'logic.end', config: draw.from(CONFIGS['logic.end'] ?? []) };
      const type = draw.one(2) ? rare() : draw.from(possible);
      return { id, type, config: configOf(type, draw, ids, callees) };
    }),
  ];
  const edges = nodes.flatMap(({ id, type, config }) => {
    const known = nodeTypes.get(type);
    const parsed = known?.schema.safeParse(config);
    if (!known || !parsed?.success) throw new Error(`${type} refuses ${JSON.stringify(config)}: ${parsed?.error}`);
    return portsOf(known, parsed.data).flatMap((port, at) =>
      draw.one(OPEN) && !id.startsWith('start')
        ? []
        : [
            {
              id: `${id}-${at}`,
              source: id,
              sourceHandle: port,
              target: id.startsWith('start') ? 'n0' : draw.from(ids),
            },
          ],
    );
  });
  return Flow.parse({
    format: 'parley.flow/1',
    nodes,
    edges,
    variables: [
      { name: 'list', initial: [1, 'two', null, [3]] },
      { name: 'a', initial: 1 },
      { name: 'typed', type: 'number' },
    ],
    settings: {
      interrupts: draw.one(2) ? [{ keywords: ['menu'], target: draw.from(ids) }] : [],
      ...(draw.one(3) && { onError: { target: draw.from(ids) } }),
      ...(draw.one(3) && { expireAfter: 'P1D', ...(draw.one(2) && { onExpire: { target: draw.from(ids) } }) }),
      timezone: draw.from(['UTC', 'America/Sao_Paulo']),
    },
    translations: { pt: { 'n0.text': 'Olá {{a}}', 'n1.buttons.yes.title': 'Sim', 'n2.text': 'x'.repeat(5_000) } },
  });
}

function configOf(type: string, draw: Draw, ids: readonly string[], callees: readonly string[]): Config {
  if (type === 'logic.goTo') return { target: draw.from(ids), comeBack: draw.one(2) };
  if (type === 'logic.subflow')
    return {
      flow: draw.from(callees),
      inputs: draw.one(2) ? { a: '{{a}}' } : {},
      outputs: { a: 'a' },
      outcomes: draw.one(3) ? [] : ['declined'],
    };
  const configs = CONFIGS[type];
  if (!configs) throw new Error(`${type} has no config to draw`);
  return draw.from(configs);
}
