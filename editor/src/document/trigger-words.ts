import { nodeTypes } from '@parley/nodes';
import { type Flow, isObject } from '@parley/runtime';

/** What a person may write to begin this flow, as its triggers say. Patterns are left out: nobody writes one. */
export function triggerWords(flow: Flow): { keywords: string[]; any: boolean } {
  const configs = flow.nodes.filter((node) => node.type === 'trigger.message').map((node) => node.config);
  const keywords = configs
    .filter(({ match = 'keyword', how }) => match === 'keyword' && how !== 'pattern')
    .flatMap(({ keywords }) => (Array.isArray(keywords) ? keywords.filter((word) => typeof word === 'string') : []));
  const any = configs.some((config) => isObject(config) && (config.match === 'any' || config.match === 'first'));
  return { keywords: [...new Set(keywords)], any };
}

/** Triggers that no message sets off: a webhook, a schedule, an event. */
export function otherTriggers(flow: Flow): { id: string; title: string }[] {
  return flow.nodes.flatMap(({ id, type, label }) => {
    const known = nodeTypes.get(type);
    return known?.begins && known.begins !== 'message' ? [{ id, title: label || known.title }] : [];
  });
}
