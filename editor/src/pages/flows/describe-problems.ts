import type { Problem } from '@parley/runtime';
import type { ListedMessage } from '../../ui/MessageList.tsx';

/** Problems of a flow as lines to read; `onGo` is called with the node that a line speaks of. */
export const toMessages = (problems: readonly Problem[], onGo?: (node: string) => void): ListedMessage[] =>
  problems.map(({ severity, message, node, path }) => ({
    tone: severity,
    text: message,
    place: placeOf(node, path),
    onGo: onGo && node !== null ? () => onGo(node) : undefined,
  }));

const placeOf = (node: string | null, path: string): string | null => (node === null ? path || null : `node ${node}`);

export const countErrors = (problems: readonly Problem[]): number =>
  problems.filter((problem) => problem.severity === 'error').length;
