import type { z } from 'zod';
import { zoneOf } from '../expression/locale.ts';
import type { Flow, FlowNode } from '../flow/flow.ts';
import { unknownFields } from '../flow/issue-words.ts';
import { didYouMean } from '../flow/nearest-name.ts';
import { issueText, plainIssues } from '../flow/parse-flow.ts';
import { flowError, type Problem, pointer } from '../flow/problem.ts';
import { isObject } from '../json.ts';
import { linksOf, type NodeType, type NodeTypes, portsOf, readConfig } from '../node/define-node.ts';
import { isDuration } from '../node/duration.ts';
import { templateFacts } from './template-facts.ts';

/** Edges whose misspelt end is guessed: each guess looks at every node, and a hostile flow has 8,000 edges to nowhere. */
const MAX_GUESSES = 5;

/** What must be right before a flow can run at all: types, configs, templates, edges, targets. All problems at once. */
export function structureProblems(flow: Flow, nodeTypes: NodeTypes): Problem[] {
  const nodes = flow.nodes.flatMap((node, index) => nodeProblems(node, index, nodeTypes));
  return [...nodes, ...edgeProblems(flow, nodeTypes), ...linkProblems(flow, nodeTypes), ...settingProblems(flow)];
}

function nodeProblems(node: FlowNode, index: number, nodeTypes: NodeTypes): Problem[] {
  const place = { node: node.id, path: `/nodes/${index}` };
  const type = nodeTypes.get(node.type);
  if (!type) {
    const meant = didYouMean(node.type, [...nodeTypes.keys()]);
    return [
      flowError(
        'unknown_type',
        `There is no node of the type ${node.type}.${meant || ' Install its package, or replace the node.'}`,
        { ...place, path: `${place.path}/type`, values: { type: node.type } },
      ),
    ];
  }
  if ((node.version ?? 1) !== type.version) {
    return [
      flowError(
        'unknown_version',
        `${node.type} has version ${type.version} here, the flow asks for ${node.version ?? 1}.`,
        {
          ...place,
          path: `${place.path}/version`,
          values: { type: node.type, here: type.version, asked: node.version ?? 1 },
        },
      ),
    ];
  }
  const parsed = readConfig(node, type);
  const issues = parsed.success ? [] : parsed.error.issues.flatMap(plainIssues);
  const bad = issues.map((issue) =>
    flowError(issueCode(issue.code), configWords(issue, type), {
      ...place,
      path: `${place.path}/config${pointer(issue.path)}`,
      values: issueValues(issue),
    }),
  );
  return [...bad, ...templateProblems(node.config, type, place)];
}

/** An unknown field of the config itself is told with those that there are. */
const configWords = (issue: z.core.$ZodIssue, { schema }: NodeType): string =>
  issue.code === 'unrecognized_keys' && issue.path.length === 0
    ? unknownFields(issue.keys, Object.keys(schema.shape))
    : issueText(issue);

const CODES: Record<string, string> = { too_big: 'too_long', too_small: 'missing', unrecognized_keys: 'unknown_field' };
const issueCode = (code: string): string => CODES[code] ?? 'invalid_config';

/** How zod begins the words for a fault to which a node's author gave none. */
const ZODS_OWN = /^Invalid /;

/**
 * `of` tells texts from lists, and is what a node's author says the issue is: `params: { says: 'same_id', id }` beside
 * the message of a refinement that names values, for pages in other languages.
 */
function issueValues(issue: z.core.$ZodIssue): Record<string, string | number> {
  if (issue.code === 'too_big' || issue.code === 'too_small') {
    const limit = Number(issue.code === 'too_big' ? issue.maximum : issue.minimum);
    return { of: issue.origin === 'string' ? 'text' : issue.origin === 'array' ? 'list' : 'number', limit };
  }
  if (issue.code === 'unrecognized_keys') return { fields: issue.keys.join(', ') };
  const { says, ...named } = issue.code === 'custom' ? (issue.params ?? {}) : {};
  // What a node's author wrote without values is its own key to the translations, without the field's name before it
  if (typeof says === 'string') return { of: says, ...valuesOf(named) };
  if (!ZODS_OWN.test(issue.message)) return { text: issue.message };
  if (issue.code === 'invalid_type' && issue.expected === 'int') return { of: 'whole_number' };
  return { of: issue.code, ...(issue.code === 'invalid_value' && { options: issue.values.join(', ') }) };
}

const valuesOf = (params: Record<string, unknown>): Record<string, string | number> =>
  Object.fromEntries(
    Object.entries(params).filter((pair): pair is [string, string | number] =>
      ['string', 'number'].includes(typeof pair[1]),
    ),
  );

function templateProblems(
  config: Record<string, unknown>,
  type: NodeType,
  place: { node: string; path: string },
): Problem[] {
  return Object.entries(config)
    .filter(([key]) => !type.literal.includes(key))
    .flatMap(([key, value]) => [...stringsOf(value, [key])])
    .flatMap(([path, text]) => {
      const { problem } = templateFacts(text);
      return problem
        ? [
            flowError(`template_${problem.code}`, problem.message, {
              ...place,
              path: `${place.path}/config${pointer(path)}`,
              values: { of: problem.code },
            }),
          ]
        : [];
    });
}

/** Every text inside a config with its path. */
export function* stringsOf(value: unknown, path: PropertyKey[] = []): Generator<[PropertyKey[], string]> {
  if (typeof value === 'string') yield [path, value];
  else if (Array.isArray(value)) for (const [index, item] of value.entries()) yield* stringsOf(item, [...path, index]);
  else if (isObject(value)) for (const [key, item] of Object.entries(value)) yield* stringsOf(item, [...path, key]);
}

function edgeProblems(flow: Flow, nodeTypes: NodeTypes): Problem[] {
  const nodes = new Map(flow.nodes.map((node) => [node.id, node]));
  const taken = new Set<string>();
  let guesses = MAX_GUESSES;
  const meant = (id: string): string => (guesses-- > 0 && didYouMean(id, [...nodes.keys()])) || ' Remove it.';
  return flow.edges.flatMap((edge, index) => {
    const place = { edge: edge.id, path: `/edges/${index}` };
    const source = nodes.get(edge.source);
    if (!source)
      return [
        flowError('unknown_node', `The edge begins at ${edge.source}, which is not there.${meant(edge.source)}`, {
          ...place,
          path: `${place.path}/source`,
          values: { of: 'source', node: edge.source },
        }),
      ];
    if (!nodes.has(edge.target))
      return [
        flowError('unknown_node', `The edge leads to ${edge.target}, which is not there.${meant(edge.target)}`, {
          ...place,
          path: `${place.path}/target`,
          values: { of: 'target', node: edge.target },
        }),
      ];
    const problems: Problem[] = [];
    const type = nodeTypes.get(source.type);
    const config = type && readConfig(source, type);
    if (type && config?.success && !portsOf(type, config.data).includes(edge.sourceHandle)) {
      problems.push(
        flowError(
          'unknown_port',
          `${source.id} has no port ${edge.sourceHandle}; it has ${portsOf(type, config.data).join(', ')}.`,
          {
            ...place,
            node: source.id,
            path: `${place.path}/sourceHandle`,
            values: { port: edge.sourceHandle, ports: portsOf(type, config.data).join(', ') },
          },
        ),
      );
    }
    const port = `${edge.source} ${edge.sourceHandle}`;
    if (taken.has(port))
      problems.push(
        flowError('port_taken', `Two edges leave the port ${edge.sourceHandle} of ${edge.source}. Keep one.`, {
          ...place,
          node: source.id,
          values: { port: edge.sourceHandle },
        }),
      );
    taken.add(port);
    if (nodeTypes.get(nodes.get(edge.target)?.type ?? '')?.begins) {
      problems.push(
        flowError('into_trigger', `The edge leads into the trigger ${edge.target}; a trigger only begins a flow.`, {
          ...place,
          values: { node: edge.target },
        }),
      );
    }
    return problems;
  });
}

/** A node that names another one in its config leads to one that is there, and that is no trigger. */
function linkProblems(flow: Flow, nodeTypes: NodeTypes): Problem[] {
  const nodes = new Map(flow.nodes.map((node) => [node.id, node]));
  return flow.nodes.flatMap((node, index) =>
    Object.values(linksOf(node, nodeTypes)).flatMap((target) => {
      const place = { node: node.id, path: `/nodes/${index}/config`, values: { of: 'link', node: target } };
      const found = nodes.get(target);
      if (!found)
        return [flowError('unknown_node', `${node.id} leads to ${target}, which is not there. Choose another.`, place)];
      if (nodeTypes.get(found.type)?.begins)
        return [flowError('into_trigger', `${node.id} leads to the trigger ${target}; it only begins a flow.`, place)];
      return [];
    }),
  );
}

function settingProblems(flow: Flow): Problem[] {
  const nodes = new Set(flow.nodes.map((node) => node.id));
  const { interrupts, onError, onExpire, expireAfter, timezone } = flow.settings;
  const targets = [
    ...interrupts.map(({ target }, index) => ({ target, what: 'interrupt', path: `interrupts/${index}/target` })),
    ...(onError ? [{ target: onError.target, what: 'error handler', path: 'onError/target' }] : []),
    ...(onExpire ? [{ target: onExpire.target, what: 'way after a silence', path: 'onExpire/target' }] : []),
  ];
  const problems = targets
    .filter(({ target }) => !nodes.has(target))
    .map(({ target, what, path }) =>
      flowError('unknown_node', `The ${what} leads to ${target}, which is not there.`, {
        path: `/settings/${path}`,
        values: { of: 'setting', node: target },
      }),
    );
  if (expireAfter !== undefined && !isDuration(expireAfter))
    problems.push(
      flowError('not_a_duration', 'Write expireAfter as a duration such as P1D.', { path: '/settings/expireAfter' }),
    );
  if (timezone !== undefined && zoneOf(timezone) === null)
    problems.push(
      flowError('unknown_timezone', `There is no time zone ${timezone}. Write one such as Europe/Lisbon.`, {
        path: '/settings/timezone',
        values: { timezone },
      }),
    );
  return problems;
}
