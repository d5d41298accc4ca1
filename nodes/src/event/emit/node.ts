import { defineNode, type JsonObject, limitedText, VariableName } from '@parley/runtime';
import { z } from 'zod';
import { MAX_NAME, mustFit, textOf } from '../../rendered.ts';

const MAX_DATA = 16_000; // characters of JSON; an event is kept, and travels to every flow that listens

const config = z.strictObject({
  name: limitedText(MAX_NAME).meta({ label: 'Event', placeholder: 'lead.qualified' }),
  data: z.record(VariableName, z.json()).default({}).meta({ label: 'What it brings', input: 'assignments' }),
});

/** Tells that something happened to this contact: flows that begin with trigger.event may answer it. */
export const emit = defineNode({
  type: 'event.emit',
  title: 'Emit an event',
  group: 'logic',
  icon: 'broadcast',
  description: 'Tells that something happened to this contact, for the bots that begin with it.',
  config,
  typed: ['data'],
  ports: () => ['next'],
  run: ({ config }) => {
    const name = textOf(config.name, MAX_NAME, 'name of the event');
    if (name === '') throw new Error('The event has no name. Give it one such as lead.qualified.');
    const data = mustFit(config.data as JsonObject, MAX_DATA, 'data of the event');
    return { port: 'next', effects: [{ type: 'event.emit', name, data }] };
  },
});
