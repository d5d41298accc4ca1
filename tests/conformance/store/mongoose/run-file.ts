import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Recorder } from './recorder.ts';
import type { Runner, Told } from './report.ts';

/**
 * Runs one of mongoose's test files with mocha, in a process of its own: `run-file.ts <mongoose's folder> <file>`. Tells
 * its parent each test. Every client of the driver that mongoose uses there is listened to.
 */
const [folder = '', file = ''] = process.argv.slice(2);
const TEST_LIMIT = 10_000; // ms: what mongoose's own continuous integration gives a test

interface Mocha {
  addFile(path: string): void;
  run(done: () => void): void;
}
type MochaClass = new (options: { timeout: number; reporter: new (runner: Runner) => object }) => Mocha;

interface Client {
  on(event: 'commandStarted', listener: (event: { command: Record<string, unknown> }) => void): this;
}
interface Bson {
  serialize(document: object, options: object): Uint8Array;
  deserialize(bytes: Uint8Array, options: object): Record<string, unknown>;
}
type ClientClass = new (uri: string, options?: object) => Client;

const fetched = createRequire(join(folder, 'package.json'));
const recorder = new Recorder((told: Told) => process.send?.(told));

const { BSON }: { BSON: Bson } = fetched('mongodb');
const driver: { MongoClient: ClientClass } = fetched('mongodb/lib/mongo_client');
driver.MongoClient = class MongoClient extends driver.MongoClient {
  constructor(uri: string, options?: object) {
    super(uri, { ...options, monitorCommands: true });
    this.on('commandStarted', ({ command }) => recorder.sent(asSent(command)));
  }
};

/** A command as its bytes say: mongoose hands over Maps, models and what else knows how to become BSON. */
const asSent = (command: object): Record<string, unknown> =>
  BSON.deserialize(BSON.serialize(command, { ignoreUndefined: true }), { promoteValues: false });

class Reporter {
  constructor(runner: Runner) {
    recorder.follow(runner);
  }
}

fetched('./index'); // some files count on another one having loaded mongoose
const MochaHere: MochaClass = fetched('mocha');
const mocha = new MochaHere({ timeout: TEST_LIMIT, reporter: Reporter });
mocha.addFile(join(folder, file));
mocha.run(() => process.disconnect?.());
