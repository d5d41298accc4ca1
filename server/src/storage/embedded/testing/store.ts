import mongoose, { type Connection } from 'mongoose';
import { type EmbeddedStore, startEmbeddedStore } from '../store.ts';
import { temporaryDirectory } from './engine.ts';

export interface TestStore {
  store: EmbeddedStore;
  directory: string;
  connection: Connection;
  /** Closes the store and opens it again on the same directory. */
  reopen(): Promise<void>;
  close(): Promise<void>;
}

/** A real store with mongoose connected to it. */
export async function openTestStore(): Promise<TestStore> {
  const directory = temporaryDirectory();
  const open = async () => {
    const store = await startEmbeddedStore({ directory: directory.path });
    const connection = await mongoose.createConnection(store.uri, { serverSelectionTimeoutMS: 5000 }).asPromise();
    return { store, connection };
  };
  const shut = async () => {
    await test.connection.close();
    await test.store.close();
  };
  const test: TestStore = {
    ...(await open()),
    directory: directory.path,
    reopen: async () => {
      await shut();
      Object.assign(test, await open());
    },
    close: async () => {
      await shut();
      directory.remove();
    },
  };
  return test;
}
