import { nodeTypes } from '@parley/nodes';
import { checkFlow } from '@parley/runtime';
import { describe, expect, it } from 'vitest';
import { examples, libraryOf, play } from './support/examples.ts';

describe.each(examples)('the example $name', (example) => {
  it.each(Object.entries(example.flows))('has no problem in %s', (_, flow) => {
    expect(checkFlow(flow, nodeTypes, libraryOf(example))).toEqual([]);
  });

  it.each(example.scripts)('holds in $file', async (script) => {
    expect((await play(script)).differences).toEqual([]);
  });
});

it('finds the examples', () => expect(examples.length).toBeGreaterThan(0));
