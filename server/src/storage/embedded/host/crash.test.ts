import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import mongoose from 'mongoose';
import { afterAll, expect, it } from 'vitest';
import { startEmbeddedStore } from '../store.ts';
import { temporaryDirectory } from '../testing/engine.ts';

const ROUNDS = 4;
const LINES = 150; // acknowledgements before the process is killed, a few more each round

const directory = temporaryDirectory();
afterAll(() => directory.remove());

/** Runs writers in a process of their own, kills it without warning, and gives what it had acknowledged. */
async function writeAndKill(lines: number): Promise<string[]> {
  const child = spawn(process.execPath, [`${import.meta.dirname}/crash-child.ts`, directory.path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const said: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    said.push(line);
    if (said.length === 1)
      await expect(startEmbeddedStore({ directory: directory.path })).rejects.toThrow(/holds the store/);
    if (said.length === lines) child.kill('SIGKILL');
  }
  return said;
}

it('a killed process loses no acknowledged write', { timeout: 60_000 }, async () => {
  const said: string[] = [];
  for (let round = 0; round < ROUNDS; round++) said.push(...(await writeAndKill(LINES + round * 37)));
  const store = await startEmbeddedStore({ directory: directory.path });
  const connection = await mongoose.createConnection(store.uri).asPromise();
  const rows = await connection.collection<{ _id: string }>('rows').find().toArray();
  const kept = new Set(rows.map(({ _id }) => `row ${_id}`));
  expect(said.filter((line) => line.startsWith('row ') && !kept.has(line))).toEqual([]);
  for (const name of ['a', 'b', 'c', 'd']) {
    const counter = await connection.collection<{ _id: string; n: number }>('counters').findOne({ _id: name });
    expect(counter?.n).toBeGreaterThanOrEqual(said.filter((line) => line === `count ${name}`).length);
  }
  // Every document is still found by its index, and by nothing else twice.
  const byKey = await connection
    .collection('rows')
    .find({ key: { $gte: '' } })
    .toArray();
  expect(byKey).toHaveLength(rows.length);
  await connection.close();
  await store.close();
});
