import { defineNode, limitedText } from '@parley/runtime';
import { z } from 'zod';
import { textOf } from '../../rendered.ts';

const MAX_NOTE = 2_000; // characters, as a handoff's note

/** Leaves words for agents in the conversation. The person does not see them. A note that comes out empty is left away. */
export const note = defineNode({
  type: 'people.note',
  title: 'Leave a note',
  group: 'people',
  icon: 'note',
  description: 'Writes a note for your team into the conversation; the person does not see it.',
  config: z.strictObject({ text: limitedText(MAX_NOTE).meta({ label: 'Note', input: 'textarea' }) }),
  ports: () => ['next'],
  run: ({ config }) => {
    const text = textOf(config.text, MAX_NOTE, 'note');
    return { port: 'next', effects: text === '' ? [] : [{ type: 'conversation.note', text }] };
  },
});
