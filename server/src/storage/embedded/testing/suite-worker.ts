import { setTimeout as pause } from 'node:timers/promises';
import { FailPoints } from '../commands/fail-point.ts';
import { runWorker } from '../host/run-worker.ts';

/** The store's worker for the drivers' own specifications, which make commands fail on purpose. */
await runWorker(new FailPoints((ms) => pause(ms)));
