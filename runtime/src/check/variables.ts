import { typedValue } from '../compile/typed-value.ts';
import type { Flow, Variable } from '../flow/flow.ts';
import { flowWarning, type Problem, pointer } from '../flow/problem.ts';
import type { NodeTypes } from '../node/define-node.ts';
import { isReservedName, namesReadBy, variablesSetBy } from './variable-uses.ts';

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
  for (const node of flow.nodes) for (const name of variablesSetBy(node, nodeTypes)) known.add(name);
  const tops = new Set([...known].map((name) => name.split('.')[0]));
  const unset = flow.nodes.flatMap((node, index) =>
    namesReadBy(node, nodeTypes)
      .filter(({ name }) => !isKnown(name, tops))
      .map(({ name, path }) =>
        flowWarning('unknown_variable', `Nothing sets {{${name}}}: it renders empty.`, {
          node: node.id,
          path: `/nodes/${index}/config${pointer(path)}`,
          values: { name },
        }),
      ),
  );
  return [...unset, ...hiddenProblems(flow, nodeTypes), ...flow.variables.flatMap(initialProblems)];
}

/** Templates see the person, the message and so on under these names, never a variable. */
function hiddenProblems(flow: Flow, nodeTypes: NodeTypes): Problem[] {
  const named = [
    ...flow.variables.map(({ name }, index) => ({ name, node: null, path: `/variables/${index}/name` })),
    ...flow.nodes.flatMap((node, index) =>
      variablesSetBy(node, nodeTypes).map((name) => ({ name, node: node.id, path: `/nodes/${index}/config` })),
    ),
  ];
  return named
    .filter(({ name }) => isReservedName(name))
    .map(({ name, ...at }) =>
      flowWarning('reserved_name', `Templates do not see the variable ${name}: its name is taken. Rename it.`, {
        ...at,
        values: { name },
      }),
    );
}

/** A declared value that does not read as its type is not there when the flow begins. */
const initialProblems = ({ name, type, initial }: Variable, index: number): Problem[] =>
  initial === undefined || typedValue(type, initial) !== undefined
    ? []
    : [
        flowWarning('wrong_type', `${name} is declared as ${type}, and its first value does not read as one.`, {
          path: `/variables/${index}/initial`,
          values: { name, type },
        }),
      ];

function isKnown(name: string, tops: ReadonlySet<string | undefined>): boolean {
  const [top = '', field] = name.split('.');
  if (!isReservedName(top)) return tops.has(top);
  const fields = FIELDS[top];
  return !fields || field === undefined || fields.includes(field);
}
