import { readFileSync } from 'node:fs';
import { HELPER_GROUPS, HELPERS } from '@parley/runtime';
import { expect, it } from 'vitest';

const README = readFileSync(new URL('../../runtime/README.md', import.meta.url), 'utf8');

it.each(HELPER_GROUPS)("the runtime's README names the helpers for %s, and no others", (group) => {
  const names = HELPERS.filter((helper) => helper.group === group).map(({ name }) => `\`${name}\``);
  expect(README).toContain(`| ${group} | ${names.join(' ')} |`);
});
