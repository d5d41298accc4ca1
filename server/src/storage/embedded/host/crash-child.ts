import mongoose from 'mongoose';
import { startEmbeddedStore } from '../store.ts';

/** Writes without end and says on its standard output what was acknowledged; it is there to be killed. */
const [directory = ''] = process.argv.slice(2);
const store = await startEmbeddedStore({ directory });
const connection = await mongoose.createConnection(store.uri).asPromise();
const rows = connection.collection<{ _id: string; key: string }>('rows');
const counters = connection.collection<{ _id: string; n: number }>('counters');
await rows.createIndex({ key: 1 }, { unique: true });

async function writer(name: string): Promise<never> {
  for (let n = 0; ; n++) {
    const id = `${process.pid}.${name}.${n}`;
    await rows.insertOne({ _id: id, key: `k${id}` });
    process.stdout.write(`row ${id}\n`);
    await counters.updateOne({ _id: name }, { $inc: { n: 1 } }, { upsert: true });
    process.stdout.write(`count ${name}\n`);
  }
}

await Promise.all(['a', 'b', 'c', 'd'].map(writer));
