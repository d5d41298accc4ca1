import { isObject, type JsonObject } from '@parley/runtime';

export interface VariableRow {
  name: string;
  value: string;
}

const MAX_ROWS = 200; // more is nothing that a person reads

/** Variables under the names that a flow's author writes: `order.number`, one row each. */
export function variableRows(variables: JsonObject, prefix = ''): VariableRow[] {
  return Object.entries(variables)
    .flatMap(([key, value]) => {
      const name = prefix + key;
      if (isObject(value) && Object.keys(value).length > 0) return variableRows(value as JsonObject, `${name}.`);
      return [{ name, value: typeof value === 'string' ? value : JSON.stringify(value) }];
    })
    .slice(0, MAX_ROWS);
}
