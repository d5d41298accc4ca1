import type { Example } from './read-example.ts';

export interface NewTest {
  title: string;
  script: unknown;
}

/**
 * The conversation that shows an example, as a test of the bot that is made of it. Null where it plays against bots that
 * do not come along. Those that do are found by the ids which they have here, and need no file.
 */
export function exampleTest({ script, flows }: Pick<Example, 'script' | 'flows'>): NewTest | null {
  if (!script) return null;
  const { flows: others = {}, ...rest } = script;
  const known = new Set(flows.map(({ key }) => key));
  if (Object.keys(others).some((id) => !known.has(id))) return null;
  return { title: script.title ?? '', script: { ...rest, flow: 'flow.json' } };
}
