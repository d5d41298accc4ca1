import { account } from './account.ts';
import { answering } from './answering.ts';
import { debugging } from './debugging.ts';
import type { Diagnostic } from './diagnostic.ts';
import { interactive } from './interactive.ts';
import { media } from './media.ts';
import { received } from './received.ts';

/** Every question of the check, in the order in which somebody who looks for a fault goes through them. */
export const diagnostics: readonly Diagnostic[] = [
  ...account,
  ...received,
  ...answering,
  ...media,
  ...interactive,
  ...debugging,
];
