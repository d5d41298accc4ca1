import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { temporaryDirectory } from '../testing/engine.ts';
import { socketPlace } from './socket-path.ts';

const parent = temporaryDirectory();
afterEach(() => parent.remove());

it('finds a short place of small letters that nobody else enters, and leaves none behind', () => {
  const directory = `${parent.path}/${'Long'.repeat(30)}`;
  mkdirSync(directory, { recursive: true });
  const killed = socketPlace(directory);
  expect(killed.path).toMatch(/^[a-z0-9/._-]{1,103}$/);
  expect(statSync(dirname(killed.path)).mode & 0o777).toBe(0o700);
  const next = socketPlace(directory);
  expect(existsSync(dirname(killed.path))).toBe(false);
  next.remove();
  expect(existsSync(dirname(next.path))).toBe(false);
});
