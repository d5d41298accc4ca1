import { expect, it } from 'vitest';
import { renameInTemplate } from './rename-in-template.ts';

it.each([
  ['Hi {{name}}, name', 'Hi {{first}}, name'],
  ['{{name.short}} {{named}} {{my.name}}', '{{first.short}} {{named}} {{my.name}}'],
  ['{{#if name}}{{upper name}}{{else}}{{{name}}}{{/if}}', '{{#if first}}{{upper first}}{{else}}{{{first}}}{{/if}}'],
  ['{{default (trim name) fallback=name}}', '{{default (trim first) fallback=first}}'],
  [
    '{{#each list}}{{name}} {{../name}} {{@root.name}}{{/each}}',
    '{{#each list}}{{name}} {{../first}} {{@root.first}}{{/each}}',
  ],
  ['{{#each name as |name|}}{{name}}{{/each}}', '{{#each first as |name|}}{{name}}{{/each}}'],
  ['one\n  {{ name }}\n{{name}}', 'one\n  {{ first }}\n{{first}}'],
  ['{{name value}} {{"name"}} {{!-- name --}}', '{{name value}} {{"name"}} {{!-- name --}}'],
  ['{{name', '{{name'],
  ['no template: name', 'no template: name'],
])('%j becomes %j', (source, wanted) => expect(renameInTemplate(source, 'name', 'first')).toBe(wanted));
