import { nodeTypes } from '@parley/nodes';
import { type Flow, OutboundContent } from '@parley/runtime';
import { z } from 'zod';
import type { ShownExample } from './examples.ts';

/** The graph as a small picture needs it. */
const PictureShape = z.object({
  nodes: z.array(z.object({ id: z.string(), group: z.string(), at: z.tuple([z.number(), z.number()]) })),
  edges: z.array(z.tuple([z.string(), z.string()])),
});
const LineShape = z.discriminatedUnion('from', [
  z.object({ from: z.literal('contact'), text: z.string(), type: z.string() }),
  z.object({ from: z.literal('bot'), content: OutboundContent }),
  z.object({ from: z.literal('time'), wait: z.string() }),
]);

export const ExampleSummaryShape = z.object({
  name: z.string(),
  title: z.string(),
  description: z.string(),
  nodes: z.number().int(),
  /** Names of the flows that come along, because the bot runs them. */
  subflows: z.array(z.string()),
  picture: PictureShape,
  /** How the conversation begins. */
  opening: z.array(LineShape),
});
export const ExampleShape = ExampleSummaryShape.extend({
  needs: z.array(z.string()),
  conversation: z.array(LineShape),
});

const OPENING = 3; // lines on a card of the gallery

export function presentExampleSummary(example: ShownExample): z.infer<typeof ExampleSummaryShape> {
  const { name, title, description, flows, conversation } = example;
  const [main, ...others] = flows;
  return {
    name,
    title,
    description,
    nodes: main.document.nodes.length,
    subflows: others.map(({ document }) => document.name),
    picture: pictureOf(main.document),
    opening: conversation.filter(({ from }) => from !== 'time').slice(0, OPENING),
  };
}

export const presentExample = (example: ShownExample): z.infer<typeof ExampleShape> => ({
  ...presentExampleSummary(example),
  needs: example.needs,
  conversation: example.conversation,
});

const pictureOf = ({ nodes, edges, layout }: Flow): z.infer<typeof PictureShape> => ({
  nodes: nodes.map(({ id, type }, index) => ({
    id,
    group: nodeTypes.get(type)?.group ?? 'other',
    at: layout.nodes[id] ?? [index * 260, 0],
  })),
  edges: edges.map(({ source, target }) => [source, target]),
});
