import { nodeTypes } from '@parley/nodes';
import { expect, it } from 'vitest';
import { fieldParts } from './field-parts.ts';

const partsIn = (type: string, pointer: string) => {
  const schema = nodeTypes.get(type)?.schema;
  return schema && fieldParts(schema, pointer);
};

it.each([
  ['chat.send', '/text', ['Message']],
  ['chat.buttons', '/buttons/1/title', ['Buttons', 2, 'Title']],
  ['http.request', '/headers/x-a~1b', ['Headers', 'X-a/b']],
  ['chat.send', '', []],
  ['chat.send', '/nothing/0/here', ['Nothing', 1, 'Here']],
])('%s %s is called %j', (type, pointer, parts) =>
  expect(partsIn(type, pointer)?.map(loosely)).toEqual(parts.map(loosely)),
);

/** Labels are the node's own business: only that there is one counts here. */
const loosely = (part: string | number) => (typeof part === 'number' ? part : typeof part);
