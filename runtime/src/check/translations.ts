import { textsOf, translateConfig } from '../compile/translate.ts';
import { readTemplate } from '../expression/read-template.ts';
import type { Flow } from '../flow/flow.ts';
import { issueText } from '../flow/parse-flow.ts';
import { flowWarning, type Problem } from '../flow/problem.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import type { NodeTypes } from '../node/define-node.ts';

/**
 * Translations that would not be used: of nodes and texts that are not there, too long for WhatsApp, with a broken
 * template. The flow's own words stand in for them, so these are warnings.
 */
export function translationProblems(flow: Flow, nodeTypes: NodeTypes): Problem[] {
  const nodes = new Map(flow.nodes.map((node) => [node.id, node]));
  return Object.entries(flow.translations).flatMap(([language, texts]) => {
    const at = (key: string) => `/translations/${escaped(language)}/${escaped(key)}`;
    const foreign = Object.keys(texts)
      .filter((key) => !nodes.has(nodeIn(key)))
      .map((key) =>
        flowWarning('translation_unused', `There is no node ${nodeIn(key)} that "${key}" could translate.`, {
          path: at(key),
          values: { key, language },
        }),
      );
    return [...foreign, ...flow.nodes.flatMap((node) => nodeProblems(node.id, language, at))];
  });

  function nodeProblems(id: string, language: string, at: (key: string) => string): Problem[] {
    const node = nodes.get(id);
    const type = node && nodeTypes.get(node.type);
    const texts = textsOf(flow, language, id);
    if (!node || !type || texts.size === 0) return [];
    const used = new Set<string>();
    const config = translateConfig(node.config as JsonObject, texts, type.literal, used);
    const problem = (code: string, key: string, message: string) =>
      flowWarning(code, message, { node: id, path: at(`${id}.${key}`), values: { key, language } });
    const unused = [...texts.keys()]
      .filter((key) => !used.has(key))
      .map((key) => problem('translation_unused', key, `${id} has no text at "${key}".`));
    const broken = [...texts].flatMap(([key, text]) => {
      const { problem: found } = readTemplate(text);
      return found ? [problem('translation_template', key, found.message)] : [];
    });
    const parsed = type.schema.safeParse(config);
    if (parsed.success || !type.schema.safeParse(node.config).success) return [...unused, ...broken];
    const [first = ''] = used;
    const issues = parsed.error.issues.map((issue) => {
      const key = [...used].find((one) => one === keyOf(issue.path, config)) ?? first;
      return problem('translation_refused', key, `${issue.path.join('.')} in ${language}: ${issueText(issue)}`);
    });
    return [...unused, ...broken, ...issues];
  }
}

/** The key that translates the text at a path: items of lists go by their ids where they have some. */
function keyOf(path: readonly PropertyKey[], config: Json): string {
  let value: Json | undefined = config;
  return path
    .map((part) => {
      value = Array.isArray(value) ? value[Number(part)] : isObject(value) ? value[String(part)] : undefined;
      return typeof part === 'number' && isObject(value) && typeof value.id === 'string' ? value.id : String(part);
    })
    .join('.');
}

const nodeIn = (key: string): string => key.split('.')[0] ?? '';
const escaped = (part: string): string => part.replaceAll('~', '~0').replaceAll('/', '~1');
