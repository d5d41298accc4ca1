import { nodeTypes } from '@parley/nodes';
import { OutboundContent, runScript } from '@parley/runtime';
import type { Example } from './read-example.ts';

/** A line of an example's conversation. */
export type Line =
  /** `text` is empty where the person sent something else, of this type. */
  | { from: 'contact'; text: string; type: string }
  | { from: 'bot'; content: OutboundContent }
  /** ISO 8601: so much time passes. */
  | { from: 'time'; wait: string };

/**
 * The conversation that shows an example, with the messages whole: a script says only as much of them as it checks. The
 * authors' code is not run for it; where the bot says something else for that, the script's own words stand.
 */
export async function playExample({ script, flows, others }: Example): Promise<Line[]> {
  if (!script) return [];
  const { said } = await runScript(script, flows[0].document, nodeTypes, { code: refuseCode }, others);
  const open = [...said];
  return script.steps.flatMap((step): Line[] => {
    if ('in' in step)
      return [{ from: 'contact', text: step.in.text ?? step.in.payload ?? '', type: step.in.type ?? 'text' }];
    if ('wait' in step) return [{ from: 'time', wait: step.wait }];
    if (!('out' in step)) return [];
    const written = contentOf(step.out);
    const at = open.findIndex((one) => isWholeOf(one, step.out));
    return [{ from: 'bot', content: open.splice(at, at < 0 ? 0 : 1)[0] ?? written }];
  });
}

const refuseCode = async () => {
  throw new Error('the code of an example is not run for its picture');
};

/** Whether a message has whatever the script says of it at its top. */
const isWholeOf = (content: OutboundContent, out: Record<string, unknown>): boolean =>
  Object.entries(out).every(([name, value]) => typeof value === 'object' || Reflect.get(content, name) === value);

/** As much of a message as a script says of it. */
function contentOf(out: Record<string, unknown>): OutboundContent {
  const whole = OutboundContent.safeParse(out);
  if (whole.success) return whole.data;
  return { kind: 'text', text: typeof out.text === 'string' ? out.text : '…' };
}
