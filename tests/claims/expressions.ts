import { type Claim, can, cannot, section } from './claim.ts';

const CANVAS = 'a matter of the canvas, issue 6';

export const expressions: Claim[] = section('1.3 variables and expressions', [
  can(
    'syntax: one small language',
    "Handlebars' own, the same in browser and server",
    'claims/expressions',
    'runtime/src/expression/template.property.test.ts: write the same',
    'tests/property/browser-and-server.test.ts: it(',
  ),
  can(
    'types: text, number, boolean, date, list, object',
    'declared variables convert or fail by name',
    'claims/typed-variables',
    'data/set/types',
  ),
  cannot(
    'types checked on edges before the flow runs',
    'names are checked before it runs (unknown_variable), types while it runs',
  ),
  can(
    'functions: a library as the 91 of goflow',
    '109 helpers of ten groups, each with an example that is run',
    'claims/expressions',
    'runtime/src/expression/helpers.test.ts: what is written about each helper',
  ),
  can('functions: dates with time zones', "in the flow's zone", 'claims/expressions', 'claims/set-variable-kinds'),
  can(
    'functions: numbers, money, plural by language',
    'the same everywhere',
    'claims/expressions',
    'claims/translations',
  ),
  can('functions: lists, phones, JSON, patterns', 'in linear time', 'claims/expressions', 'claims/set-variable-kinds'),
  can('functions: JavaScript for those who want it', 'data.code, fenced', 'data/code/total', 'data/code/no-network'),
  can(
    'sandbox: a budget for every expression',
    'a template over its budget takes the error handler',
    'data/set/too-long-a-template',
    'claims/expression-safety',
    'data/transform/endless-template',
  ),
  can(
    'sandbox: no code in expressions',
    'what a person writes is never a template',
    'chat/ask/value-is-not-a-template',
    'claims/expression-safety',
    'runtime/src/expression/template.test.ts: what must not be reached',
  ),
  can(
    'sandbox: limits of code',
    'time, memory, recursion, size',
    'data/code/never-ends',
    'data/code/too-much-memory',
    'data/code/too-deep-calls',
    'data/code/too-large',
  ),
  can(
    'scopes: contact, message, conversation, flow',
    'each by its name',
    'claims/set-variable-kinds',
    'claims/conditions',
  ),
  can("scopes: the flow's own variables", 'with values to begin with', 'data/set/initial', 'data/set/dots'),
  can(
    'scopes: parent and child',
    'inputs, outputs, nothing shared',
    'logic/subflow/own-variables',
    'logic/subflow/in-and-out',
  ),
  can(
    'scopes: trigger, webhook, event',
    'under saveAs of the trigger',
    'trigger/webhook/body',
    'trigger/event/any',
    'claims/referral-values',
  ),
  cannot('scopes: globals of the organization', 'settings of flows travel with them; a later issue'),
  cannot('autocomplete, rename everywhere', CANVAS),
]);
