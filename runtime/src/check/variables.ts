import { RESERVED_NAMES } from '../compile/context.ts';
import { typedValue } from '../compile/typed-value.ts';
import { readTemplate } from '../expression/read-template.ts';
import type { Flow, FlowNode, Variable } from '../flow/flow.ts';
import { flowWarning, type Problem, pointer } from '../flow/problem.ts';
import { isObject } from '../json.ts';
import type { NodeTypes } from '../node/define-node.ts';
import { stringsOf } from './structure.ts';

/** Fields of the scope's fixed parts; `attributes` and `campaign` hold whatever the organization keeps there. */
const FIELDS: Record<string, string[] | null> = {
  contact: [
    'id',
    'name',
    'firstName',
    'lastName',
    'phone',
    'email',
    'language',
    'tags',
    'groups',
    'attributes',
    'consent',
  ],
  conversation: ['id', 'channel', 'windowClosesAt'],
  message: ['text', 'type', 'media', 'payload', 'location', 'data', 'referral'],
  flow: ['id', 'name', 'version'],
  campaign: null,
  now: [],
};

/** Names that no node sets and no variable declares: they render empty, which is seldom meant. */
export function variableProblems(flow: Flow, nodeTypes: NodeTypes): Problem[] {
  const known = new Set(flow.variables.map((variable) => variable.name));
  for (const node of flow.nodes) for (const name of setBy(node, nodeTypes)) known.add(name);
  const tops = new Set([...known].map((name) => name.split('.')[0]));
  const unset = flow.nodes.flatMap((node, index) => {
    const literal = nodeTypes.get(node.type)?.literal ?? [];
    return [...stringsOf(node.config)]
      .filter(([path]) => !literal.includes(String(path[0])))
      .flatMap(([path, text]) =>
        (readTemplate(text).template?.reads ?? [])
          .filter((name) => !isKnown(name, tops))
          .map((name) =>
            flowWarning('unknown_variable', `Nothing sets {{${name}}}: it renders empty.`, {
              node: node.id,
              path: `/nodes/${index}/config${pointer(path)}`,
            }),
          ),
      );
  });
  return [...unset, ...hiddenProblems(flow, nodeTypes), ...flow.variables.flatMap(initialProblems)];
}

/** Templates see the person, the message and so on under these names, never a variable. */
function hiddenProblems(flow: Flow, nodeTypes: NodeTypes): Problem[] {
  const named = [
    ...flow.variables.map(({ name }, index) => ({ name, node: null, path: `/variables/${index}/name` })),
    ...flow.nodes.flatMap((node, index) =>
      setBy(node, nodeTypes).map((name) => ({ name, node: node.id, path: `/nodes/${index}/config` })),
    ),
  ];
  return named
    .filter(({ name }) => isReserved(name.split('.')[0] ?? ''))
    .map(({ name, ...at }) =>
      flowWarning('reserved_name', `Templates do not see the variable ${name}: its name is taken. Rename it.`, at),
    );
}

/** A declared value that does not read as its type is not there when the flow begins. */
const initialProblems = ({ name, type, initial }: Variable, index: number): Problem[] =>
  initial === undefined || typedValue(type, initial) !== undefined
    ? []
    : [
        flowWarning('wrong_type', `${name} is declared as ${type}, and its first value does not read as one.`, {
          path: `/variables/${index}/initial`,
        }),
      ];

const isReserved = (top: string): boolean => (RESERVED_NAMES as readonly string[]).includes(top);

function isKnown(name: string, tops: ReadonlySet<string | undefined>): boolean {
  const [top = '', field] = name.split('.');
  if (!isReserved(top)) return tops.has(top);
  const fields = FIELDS[top];
  return !fields || field === undefined || fields.includes(field);
}

/** By convention of the contract, `saveAs` names one variable and `assign` holds several; `sets` names the others. */
function setBy({ type, config }: FlowNode, nodeTypes: NodeTypes): string[] {
  const known = nodeTypes.get(type);
  // The parsed config: a trigger's `saveAs` has a default
  const parsed = known?.schema.safeParse(config);
  const values: Record<string, unknown> = parsed?.success ? parsed.data : config;
  return [
    ...(typeof values.saveAs === 'string' ? [values.saveAs] : []),
    ...(isObject(values.assign) ? Object.keys(values.assign) : []),
    ...(parsed?.success && known ? known.sets(parsed.data) : []),
  ];
}
