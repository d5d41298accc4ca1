import { appendFileSync } from 'node:fs';
import mongoose, { type ConnectOptions } from 'mongoose';
import { afterAll, expect } from 'vitest';
import { isListed } from '../storage/embedded/testing/listed.ts';
import { shapesOf } from '../storage/embedded/testing/shape-of.ts';

/**
 * Loaded before every test file: listens to all commands that the product sends to its store, and fails the file if one
 * holds a shape that the embedded store does not list (see storage/embedded/shapes.ts). With PARLEY_SHAPES_FILE the
 * shapes are also written down, one in a line. The store's own tests are left out: they send what it has to refuse.
 */
const sent = new Set<string>();
const create = mongoose.createConnection.bind(mongoose);

mongoose.createConnection = ((uri: string, options?: ConnectOptions) => {
  const connection = create(uri, { ...options, monitorCommands: true });
  connection.once('connected', () => {
    connection.getClient().on('commandStarted', ({ command }) => {
      for (const shape of shapesOf(command)) sent.add(shape);
    });
  });
  return connection;
}) as typeof mongoose.createConnection;

afterAll(() => {
  if (expect.getState().testPath?.includes('storage/embedded')) return;
  const file = process.env.PARLEY_SHAPES_FILE;
  if (file && sent.size > 0) appendFileSync(file, `${[...sent].join('\n')}\n`);
  expect(
    [...sent].filter((shape) => !isListed(shape)),
    'command shapes that storage/embedded/shapes.ts does not list',
  ).toEqual([]);
});
