import type { Frame } from '@parley/runtime';

/** Inside a flow that runs inside, the node of the tried flow that runs it; null in another flow. */
export const nodeOf = ({ flow, node }: Pick<Frame, 'flow' | 'node'>, tried: string): string | null =>
  flow === tried && node !== null && !node.startsWith('$') ? (node.split('/')[0] ?? null) : null;

/** Breakpoints are nodes and, as `node port`, ports. A sub-flow halts where it is entered, not at each node inside. */
export function breakAt(frame: Frame | undefined, breakpoints: readonly string[], tried: string): string | null {
  if (!frame || frame.flow !== tried || frame.node === null || frame.kind === 'rest') return null;
  const key = frame.kind === 'entered' ? frame.node : `${frame.node} ${frame.port}`;
  return breakpoints.includes(key) ? key : null;
}

/** The first moment from `from` on where a breakpoint halts; null where none does. */
export const nextBreak = (
  frames: readonly Frame[],
  from: number,
  breakpoints: readonly string[],
  tried: string,
): number | null =>
  breakpoints.length === 0 ? null : firstFrom(frames, from, (frame) => breakAt(frame, breakpoints, tried) !== null);

/** The next node that is entered, or where the bot came to rest; null at the end. */
export const nextStop = (frames: readonly Frame[], from: number): number | null =>
  orEnd(frames, firstFrom(frames, from, isStop));

export function stopBefore(frames: readonly Frame[], from: number): number | null {
  for (let index = Math.min(from, frames.length) - 1; index >= 0; index--) {
    const frame = frames[index];
    if (frame && isStop(frame)) return index;
  }
  return null;
}

/** The moment when a line had just been said; null at the end. */
export const momentOfLine = (frames: readonly Frame[], line: number): number | null =>
  orEnd(
    frames,
    firstFrom(frames, 0, ({ lines }) => lines > line),
  );

const isStop = ({ kind }: Frame): boolean => kind !== 'left';
const orEnd = (frames: readonly Frame[], at: number | null): number | null => (at === frames.length - 1 ? null : at);

/** Talks have thousands of moments: the search begins where it must, not at the first. */
function firstFrom(frames: readonly Frame[], from: number, fits: (frame: Frame) => boolean): number | null {
  for (let index = Math.max(from, 0); index < frames.length; index++) {
    const frame = frames[index];
    if (frame && fits(frame)) return index;
  }
  return null;
}

/** How often nodes were entered and ports taken before a moment; ports as `node port`. */
export function visitsUntil(
  frames: readonly Frame[],
  until: number,
  tried: string,
): { nodes: Map<string, number>; ports: Map<string, number> } {
  const nodes = new Map<string, number>();
  const ports = new Map<string, number>();
  for (const frame of frames.slice(0, until)) {
    const id = nodeOf(frame, tried);
    if (id === null || frame.kind === 'rest' || frame.node === null) continue;
    if (frame.kind === 'left') count(ports, `${frame.node} ${frame.port}`);
    else if (frame.node === id) count(nodes, id);
  }
  return { nodes, ports };
}

const count = (counts: Map<string, number>, key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);
