import type { Command } from './command.ts';
import { backup } from './store/backup.ts';
import { check } from './store/check.ts';
import { exportTo } from './store/export.ts';
import { restore } from './store/restore.ts';

/** Every command there is. A new one is one file and one line here. */
export const commands: readonly Command[] = [backup, restore, check, exportTo];
