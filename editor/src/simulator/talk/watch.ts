import {
  canonicalJson,
  type Flow,
  isObject,
  type JsonObject,
  readTemplate,
  renderValue,
  TemplateLimit,
} from '@parley/runtime';
import type { TalkView } from './talk-view.ts';

export type ValueType = 'text' | 'number' | 'yesNo' | 'list' | 'object' | 'nothing';

export interface VariableRow {
  /** As a flow's author writes it: `order.number`. */
  name: string;
  value: string;
  type: ValueType;
  /** Since the stop before. */
  changed: boolean;
}

const MAX_ROWS = 200; // more is nothing that a person reads
const MAX_VALUE = 2_000; // letters of a value; the rest is told of by dots

/** Variables under the names that a flow's author writes, one row each. */
export function variableRows(variables: JsonObject, before: JsonObject = {}, prefix = ''): VariableRow[] {
  return Object.entries(variables)
    .flatMap(([key, value]): VariableRow[] => {
      const name = prefix + key;
      const old = before[key];
      if (isObject(value) && Object.keys(value).length > 0)
        return variableRows(value as JsonObject, isObject(old) ? (old as JsonObject) : {}, `${name}.`);
      const changed = canonicalJson(old ?? null) !== canonicalJson(value ?? null);
      return [{ name, value: shortly(value), type: typeOf(value), changed }];
    })
    .slice(0, MAX_ROWS);
}

export function typeOf(value: unknown): ValueType {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'number') return 'number';
  if (typeof value === 'boolean') return 'yesNo';
  return typeof value === 'string' ? 'text' : 'object';
}

const shortly = (value: unknown): string => {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.length > MAX_VALUE ? `${text.slice(0, MAX_VALUE)}…` : text;
};

export type Watched = { ok: true; value: string; type: ValueType } | { ok: false; reason: string };

/** What a template gives at the moment that is shown, with all that a node's own templates see. */
export function watch(source: string, view: TalkView, flow: Flow): Watched {
  const template = source.includes('{{') ? source : `{{${source}}}`;
  const read = readTemplate(template);
  if (read.problem) return { ok: false, reason: read.problem.message };
  const last = view.lines.findLast(({ from }) => from === 'contact');
  const scope = {
    ...view.variables,
    contact: view.contact,
    conversation: { id: 'cnv_simulated', windowClosesAt: view.windowClosesAt },
    message: last?.from === 'contact' ? last.message : null,
    flow: { name: flow.name },
    now: view.now,
  };
  try {
    const { language, timezone = 'UTC' } = flow.settings;
    const value = renderValue(read.template, scope, {
      language: view.contact.language ?? language,
      zone: timezone,
      now: view.now,
    });
    return { ok: true, value: shortly(value), type: typeOf(value) };
  } catch (error) {
    if (error instanceof TemplateLimit) return { ok: false, reason: error.message };
    throw error;
  }
}
