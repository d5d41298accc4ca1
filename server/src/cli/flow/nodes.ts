import { nodes } from '@parley/nodes';
import { isObject, type NodeType, portsOf } from '@parley/runtime';
import { z } from 'zod';
import { type Command, CommandFailed, OK, type Terminal } from '../command.ts';
import { table } from '../table.ts';

export const nodesCommand: Command = {
  name: 'nodes',
  summary: 'Lists the types of nodes; with a name, the config and the ports of that one.',
  operands: { value: 'TYPE', optional: true, help: 'a type, such as chat.ask' },
  options: { json: { help: 'prints the JSON Schema of the config' } },
  run: async (given, terminal, [name]) => {
    if (name === undefined) {
      for (const line of table(nodes.map(({ type, description }) => [type, description]))) terminal.print(line);
      return OK;
    }
    const type = nodes.find((one) => one.type === name);
    if (!type) throw new CommandFailed(`There is no type ${name}. "nodes" without a name lists them all.`);
    if (given.json) terminal.print(JSON.stringify(schemaOf(type), null, 2));
    else describe(type, terminal);
    return OK;
  },
};

type Schema = Record<string, unknown>;

const schemaOf = ({ schema }: NodeType): Schema => z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });

function describe(type: NodeType, terminal: Terminal): void {
  terminal.print(`${type.type}: ${type.title}`);
  terminal.print(type.description);
  terminal.print('');
  const { properties, required } = schemaOf(type);
  const needed = new Set(Array.isArray(required) ? required : []);
  const fields = Object.entries(isObject(properties) ? properties : {}).filter((field): field is [string, Schema] =>
    isObject(field[1]),
  );
  if (fields.length === 0) terminal.print('It has no config.');
  for (const line of table(fields.map(([name, field]) => [name, kindOf(field), ...wordsOf(field, needed.has(name))])))
    terminal.print(line);
  terminal.print('');
  terminal.print(`Ports: ${portsIn(type)}`);
}

function wordsOf({ label, hint, default: standard }: Schema, needed: boolean): [string] {
  const usual = standard === undefined ? '' : `(${JSON.stringify(standard)})`;
  const words = [label, hint].filter((one) => typeof one === 'string' && one !== '').join('. ');
  return [[needed ? 'needed' : usual, words].filter((one) => one !== '').join(' ')];
}

/** `text to 4096`, `keyword | any`, `list to 3 of { id, title }`. */
function kindOf(field: Schema): string {
  const { type, enum: values, const: only, anyOf, maxLength, minimum, maximum, maxItems, items, properties } = field;
  if (Array.isArray(values)) return values.join(' | ');
  if (only !== undefined) return JSON.stringify(only);
  if (Array.isArray(anyOf)) return [...new Set(anyOf.filter(isObject).map(kindOf))].join(' or ');
  if (Array.isArray(type)) return type.map((one) => kindOf({ type: one })).join(' or ');
  switch (type) {
    case 'string':
      return maxLength === undefined ? 'text' : `text to ${maxLength}`;
    case 'number':
    case 'integer':
      return `number${between(minimum, maximum)}`;
    case 'boolean':
      return 'true or false';
    case 'array':
      return `list${maxItems === undefined ? '' : ` to ${maxItems}`}${isObject(items) ? ` of ${kindOf(items)}` : ''}`;
    case 'object':
      return isObject(properties) ? `{ ${Object.keys(properties).join(', ')} }` : 'object';
    default:
      return 'any value';
  }
}

/** Whole numbers without a limit of their own come with the largest there are; nobody wants to read those. */
function between(minimum: unknown, maximum: unknown): string {
  const least = typeof minimum === 'number' && minimum > Number.MIN_SAFE_INTEGER ? ` from ${minimum}` : '';
  const most = typeof maximum === 'number' && maximum < Number.MAX_SAFE_INTEGER ? ` to ${maximum}` : '';
  return least + most;
}

/** Ports of a made-up config: those that choices, cases and ways add show as `<id>` or `<name>`. */
function portsIn(type: NodeType): string {
  const ports = portsOf(type, sampleOf(schemaOf(type), ''));
  return ports.length > 0 ? ports.join(', ') : 'none; the flow ends here or goes on elsewhere';
}

function sampleOf(schema: unknown, name: string): unknown {
  if (!isObject(schema)) return '';
  const { type, enum: values, anyOf, items, properties, default: standard } = schema;
  if (Array.isArray(anyOf))
    return sampleOf(anyOf.find((one) => isObject(one) && one.type === 'object') ?? anyOf[0], name);
  if (type === 'array') return [sampleOf(items, name === 'outcomes' ? '<name>' : '')];
  if (standard !== undefined) return standard;
  if (Array.isArray(values)) return values[0];
  if (type === 'object')
    return Object.fromEntries(
      Object.entries(isObject(properties) ? properties : {}).map(([key, field]) => [
        key,
        sampleOf(field, key === 'id' ? '<id>' : key),
      ]),
    );
  return type === 'string' && name.startsWith('<') ? name : '';
}
