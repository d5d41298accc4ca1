import type { Command } from './command.ts';
import { check as checkFlows } from './flow/check.ts';
import { helpersCommand } from './flow/helpers.ts';
import { newFlow } from './flow/new-flow.ts';
import { nodesCommand } from './flow/nodes.ts';
import { run } from './flow/run.ts';
import { test } from './flow/test.ts';
import { backup } from './store/backup.ts';
import { check } from './store/check.ts';
import { exportTo } from './store/export.ts';
import { restore } from './store/restore.ts';

/** Every command there is. A new one is one file and one line here. */
export const commands: readonly Command[] = [
  checkFlows,
  run,
  test,
  newFlow,
  nodesCommand,
  helpersCommand,
  backup,
  restore,
  check,
  exportTo,
];
