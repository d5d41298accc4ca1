import { type Flow, isObject, type Problem } from '@parley/runtime';
import { pointerParts, valueAt } from './value-at.ts';

/** A text that somebody wrote and that is no part of the document yet. */
export interface HeldText {
  text: string;
  /** What the document had when it was written: where that changed from elsewhere, the text is out of date. */
  over: string;
  /** The place that it does not read for: a JSON pointer into the step's config, empty for all of it. */
  unread?: { node: string; field: string };
}

/** By their places: the id of a control, or a panel's name. */
export type HeldTexts = Readonly<Record<string, HeldText>>;

/** The place of the panel that shows the whole document; no field of a step is called so. */
export const JSON_PANEL = 'json';

/** A value as a field of JSON shows it. */
export const writtenJson = (value: unknown): string =>
  value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value, null, 2);

/** What would not go live although it stands on the page. */
export function heldProblems(flow: Flow, held: HeldTexts): Problem[] {
  const unread = Object.values(held).flatMap((text) => unreadProblem(flow, text) ?? []);
  const whole = held[JSON_PANEL];
  return whole !== undefined && whole.text !== writtenJson(flow) ? [...unread, NOT_APPLIED] : unread;
}

function unreadProblem(flow: Flow, { over, unread }: HeldText): Problem | null {
  if (!unread) return null;
  const index = flow.nodes.findIndex(({ id }) => id === unread.node);
  const parts = pointerParts(unread.field);
  const config = flow.nodes[index]?.config;
  const around = parts.length === 0 ? config : valueAt(config, parts.slice(0, -1));
  const isThere = isObject(around) || Array.isArray(around);
  if (!isThere || writtenJson(valueAt(config, parts)) !== over) return null;
  const path = `/nodes/${index}/config${unread.field}`;
  const message = 'This does not read as JSON yet. It is kept here; the bot keeps its last whole value.';
  return { severity: 'error', code: 'json_unread', node: unread.node, edge: null, path, message };
}

const NOT_APPLIED: Problem = {
  severity: 'warning',
  code: 'json_not_applied',
  node: null,
  edge: null,
  path: '',
  message: 'The JSON panel holds changes that are not applied: they are no part of the bot yet.',
};
