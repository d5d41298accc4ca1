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
