import {
  ACCUMULATORS,
  COMMANDS,
  DELETE_STATEMENT,
  EXPRESSION_OPERATORS,
  GENERAL_OPTIONS,
  INDEX_OPTIONS,
  PUSH_MODIFIERS,
  QUERY_OPERATORS,
  READ_CONCERNS,
  STAGES,
  TOP_LEVEL_OPERATORS,
  TYPES,
  UPDATE_OPERATORS,
  UPDATE_STATEMENT,
  VARIABLES,
} from '../shapes.ts';

const LISTS: Record<string, readonly string[]> = {
  query: [...TOP_LEVEL_OPERATORS, ...QUERY_OPERATORS],
  expression: EXPRESSION_OPERATORS,
  variable: VARIABLES,
  change: UPDATE_OPERATORS,
  push: PUSH_MODIFIERS,
  stage: STAGES,
  accumulator: ACCUMULATORS,
  index: INDEX_OPTIONS,
  readConcern: READ_CONCERNS,
  'update.updates': UPDATE_STATEMENT,
  'delete.deletes': DELETE_STATEMENT,
  type: TYPES,
  regex: [], // what RE2 does not read has a name each, and none is listed
};

/** Whether the allow-list has a shape, written `command`, `command.option`, `stage.$match`, `query.$in`, `type.date`... */
export function isListed(shape: string): boolean {
  const dot = shape.lastIndexOf('.');
  if (dot < 0) return shape in COMMANDS;
  const [where, what] = [shape.slice(0, dot), shape.slice(dot + 1)];
  const list = LISTS[where];
  if (list) return list.includes(what);
  return where in COMMANDS && (GENERAL_OPTIONS.has(what) || (COMMANDS[where] ?? []).includes(what));
}
