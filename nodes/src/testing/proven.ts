import { fold, type NodeType, portsOf } from '@parley/runtime';
import { CONFIGS } from './random-configs.ts';
import { play, type ReadScript } from './read-scripts.ts';

/** What a node's conversations must show beside its ports. */
export type Proof =
  | 'error wired'
  | 'error unwired, the flow has a handler'
  | 'error unwired, the session fails visibly'
  | 'a limit that is met only while running'
  | 'a word of the flow interrupts the wait, or does not';

/** Faults of content and size that a config can be right and still meet, since its templates are filled in only then. */
const RUNTIME_LIMITS = new Set(['content_refused', 'value_too_large', 'template_limit', 'request_too_large']);

/** An emoji is counted by the node itself, before there is a content that could be refused. */
const OWN_LIMIT: Readonly<Record<string, string>> = { 'chat.react': 'node_failed' };

/** What this type owes: who can fail shows the three ways of failing, who sends what it does with too long words. */
export function owed(type: NodeType): Proof[] {
  const sends = type.canFail && (type.verb.kind === 'run' || type.verb.kind === 'wait');
  const waits = type.verb.kind === 'wait' || type.verb.kind === 'subflow';
  const [sample] = CONFIGS[type.type] ?? [];
  // A type may also give itself the port `error`, as those do whose work can fail
  const fails = type.canFail || (sample !== undefined && portsOf(type, type.schema.parse(sample)).includes('error'));
  return [
    ...(fails
      ? (['error wired', 'error unwired, the flow has a handler', 'error unwired, the session fails visibly'] as const)
      : []),
    ...(sends ? (['a limit that is met only while running'] as const) : []),
    ...(waits ? (['a word of the flow interrupts the wait, or does not'] as const) : []),
  ];
}

/** What one conversation shows of a type. It has to hold; that is another test's matter. */
export async function proven(type: NodeType, one: ReadScript): Promise<Set<Proof>> {
  const { script, flow } = one;
  const { ports, faults, heard } = await play(one);
  const shown = new Set<Proof>();
  const own = flow.nodes.filter((node) => node.type === type.type).map((node) => node.id);
  const wired = (id: string) => flow.edges.some((edge) => edge.source === id && edge.sourceHandle === 'error');
  const handler = flow.settings.onError?.target;
  // The failure of a send that nobody waited for names no node: the script sits in the folder of the one that sent it
  const open = faults.some(({ node }) => own.some((id) => !wired(id) && (node === id || node === null)));
  const failed = script.steps.some((step) => 'end' in step && step.end.status === 'failed');
  if (own.some((id) => wired(id) && ports.includes(`${id}:error`))) shown.add('error wired');
  if (open && handler && ports.some((port) => port.startsWith(`${handler}:`)))
    shown.add('error unwired, the flow has a handler');
  if (open && !handler && failed) shown.add('error unwired, the session fails visibly');
  const limit = (code: string) => RUNTIME_LIMITS.has(code) || OWN_LIMIT[type.type] === code;
  if (faults.some(({ code, node }) => limit(code) && node !== null && own.includes(node)))
    shown.add('a limit that is met only while running');
  const words = flow.settings.interrupts.flatMap(({ keywords }) => keywords.map(fold));
  const stoodAt = ({ at }: { at: string }) => own.some((id) => at === id || at.startsWith(`${id}/`));
  if (heard.some((message) => stoodAt(message) && words.includes(fold(message.text ?? ''))))
    shown.add('a word of the flow interrupts the wait, or does not');
  return shown;
}
