import { asked } from './asked.ts';
import type { Claim } from './claim.ts';
import { expressions } from './expressions.ts';
import { others } from './others.ts';
import { rapidpro } from './rapidpro.ts';
import { runtime } from './runtime.ts';
import { typebot } from './typebot.ts';

/** What other systems' flow languages have and what their users ask for, each with our answer. */
export const claims: readonly Claim[] = [...typebot, ...rapidpro, ...others, ...expressions, ...runtime, ...asked];
