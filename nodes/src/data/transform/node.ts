import { type Context, defineNode, type Json, jsonSize, MAX_MEMORY, stringsOf, VariableName } from '@parley/runtime';
import { z } from 'zod';
import { refuseBroken, refuseBrokenTemplates } from '../../conditions.ts';
import { renderer } from '../../render.ts';
import { applyStep, type Templates } from './apply-step.ts';
import { MAX_ITEMS, TransformStep } from './step.ts';

const MAX_STEPS = 20;
/** Templates rendered in one run of the node, each with a budget of its own (at worst 0.4 ms), and characters that they give. */
const MAX_TEMPLATES = 2_000;
const MAX_RENDERED = 1_000_000;

const config = z
  .strictObject({
    from: z.json().meta({ label: 'Take', input: 'json', placeholder: '{{order.items}}' }),
    steps: z.array(TransformStep).min(1).max(MAX_STEPS).meta({ label: 'And, one after the other' }),
    saveAs: VariableName.meta({ label: 'Remember it as' }),
  })
  .superRefine(({ steps }, ctx) => {
    steps.forEach((step, index) => {
      refuseBrokenTemplates(step, ['steps', index], ctx);
      if (step.do !== 'filter') return;
      step.conditions.forEach((one, at) => void refuseBroken(one, ['steps', index, 'conditions', at], ctx));
    });
  });
type Config = z.output<typeof config>;

/** Works on lists, objects and texts without code: filters, sorts, counts, joins. `error` where a step gets what it cannot use. */
export const transform = defineNode({
  type: 'data.transform',
  title: 'Transform data',
  group: 'data',
  icon: 'filter-cog',
  description: 'Filters, sorts, counts and reshapes lists and other values, step by step.',
  config,
  typed: ['from'],
  literal: ['steps', 'saveAs'],
  ports: () => ['next', 'error'],
  run: (ctx) => {
    const templates = templatesOf(ctx);
    const { from, steps, saveAs } = ctx.config;
    const value = steps.reduce<Json>(
      (before, step, index) => {
        const named = (why: string) => new Error(`Step ${index + 1} (${step.do}): ${why}.`);
        return bounded(
          guarded(() => applyStep(before, step, templates), named),
          named,
        );
      },
      bounded(from as Json, (why) => new Error(`Before the first step: ${why}.`)),
    );
    return { port: 'next', set: { [saveAs]: value } };
  },
});

/** A step says what it needs; the author also wants to know which one said so. */
function guarded(work: () => Json, named: (why: string) => Error): Json {
  try {
    return work();
  } catch (error) {
    throw named(error instanceof Error ? error.message : String(error));
  }
}

/** After every step, since a value may hold another one many times over and only grow when it is written. */
function bounded(value: Json, named: (why: string) => Error): Json {
  if (Array.isArray(value) && value.length > MAX_ITEMS)
    throw named(`there are ${value.length} items, and at most ${MAX_ITEMS} are worked on; take fewer of them`);
  if (jsonSize(value, MAX_MEMORY) === Infinity)
    throw named(`the value is larger than ${MAX_MEMORY} characters or nested too deep; keep less of it`);
  return value;
}

function templatesOf({
  variables,
  contact,
  conversation,
  message,
  flow,
  now,
  language,
  timezone,
}: Context<Config>): Templates {
  const scope = { ...variables, contact, conversation, message, flow, now };
  const locale = { language, zone: timezone, now };
  let templates = 0;
  let rendered = 0;
  const count = (more: number) => {
    templates += more;
    if (templates > MAX_TEMPLATES)
      throw new Error(`all steps together render more than ${MAX_TEMPLATES} templates; take fewer items first`);
  };
  const weigh = <Value>(value: Value): Value => {
    rendered += jsonSize(value, MAX_RENDERED);
    if (rendered > MAX_RENDERED)
      throw new Error(`all steps together write more than ${MAX_RENDERED} characters; take fewer items first`);
    return value;
  };
  return {
    perItem: (value) => {
      const render = renderer(value);
      const own = [...stringsOf(value)].filter(([, text]) => text.includes('{{')).length;
      return (item, index) => {
        count(own);
        return weigh(render({ ...scope, item, index }, locale));
      };
    },
    once: (value) => weigh(renderer<Json>(value)(scope, locale)),
  };
}
