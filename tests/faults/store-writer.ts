import { startEmbeddedStore } from '@parley/server/src/storage/embedded/store.ts';
import mongoose, { type Connection } from '@parley/server/src/storage/embedded/testing/mongoose.ts';
import { type Operation, operationOf, type Row, rowOf, type Said, WRITERS } from './store-operations.ts';

/**
 * The process that is killed: eight writers through mongoose and the driver, without end. Each says on the standard
 * output what was acknowledged and what was refused for want of room; anything else ends it with an error.
 */
const OUT_OF_DISK_SPACE = 14031;
const [directory = '', round = ''] = process.argv.slice(2);

const store = await startEmbeddedStore({
  directory,
  onFault: (error) => {
    console.error('the store stopped:', error);
    process.exit(3);
  },
});
const connection: Connection = await mongoose
  .createConnection(store.uri, { autoIndex: false, autoCreate: false })
  .asPromise();
const rows = connection.collection<Row & { steps?: number[] }>('rows');
const counters = connection.collection<{ _id: string; n: number }>('counters');
const side = connection.collection<{ _id: string }>('side');
const schema = new mongoose.Schema({ _id: String }, { strict: false, versionKey: false });
const RowModel = connection.model('Row', schema, 'rows');

const increment = (name: string, owner: string) =>
  counters.findOneAndUpdate({ _id: `${name}.${owner}` }, { $inc: { n: 1 } }, { upsert: true, returnDocument: 'after' });

/** Does one operation; gives what there is to tell beside its success. */
async function run(owner: string, operation: Operation): Promise<number | undefined> {
  switch (operation.kind) {
    case 'insert': {
      const made = operation.ids.map((id) => rowOf(owner, id));
      if (made.length === 1) await RowModel.create(made);
      else await rows.insertMany(made, { ordered: operation.ordered });
      return;
    }
    case 'count':
      await counters.updateOne({ _id: `count.${owner}` }, { $inc: { n: 1 } }, { upsert: true });
      return;
    case 'take':
      return (await increment('take', owner))?.n;
    case 'steps':
      await rows.bulkWrite(stepsOf(owner, operation.id, operation.count), { ordered: true });
      return;
    case 'touch':
      await rows.updateMany({ owner, group: operation.group }, { $inc: { touched: 1 } });
      return;
    case 'tag':
      await rows.updateOne({ _id: operation.id }, { $set: { tags: [operation.tag, 'all'] } });
      return;
    case 'remove':
      await rows.deleteOne({ _id: operation.id });
      return;
    case 'index':
      if (operation.drop) await rows.dropIndex('extra').catch(unlessMissing);
      else await rows.createIndex({ text: 1, group: -1 }, { name: 'extra' });
      return;
    case 'side':
      if (operation.drop) await side.drop();
      else await side.insertOne({ _id: operation.id });
      return;
  }
}

/** An insert and then updates of the same document, each of which says its number. */
function stepsOf(owner: string, id: string, count: number) {
  const first = { insertOne: { document: { ...rowOf(owner, id), steps: [] as number[] } } };
  const others = Array.from({ length: count }, (_, step) => ({
    updateOne: { filter: { _id: id }, update: { $push: { steps: step } } },
  }));
  return [first, ...others];
}

function unlessMissing(error: unknown): void {
  if (codeOf(error) !== 27) throw error;
}

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined);
const say = (said: Said): void => void process.stdout.write(`${JSON.stringify(said)}\n`);

async function attempt(work: () => Promise<number | undefined>): Promise<Pick<Said, 'outcome' | 'value'>> {
  try {
    const value = await work();
    return { outcome: 'done', ...(value !== undefined && { value }) };
  } catch (error) {
    if (codeOf(error) === OUT_OF_DISK_SPACE) return { outcome: 'refused' };
    throw error;
  }
}

async function write(writer: number): Promise<never> {
  const owner = `${round}.${writer}`;
  for (let n = 0; ; n++) say({ writer, n, ...(await attempt(() => run(owner, operationOf(owner, writer, n)))) });
}

async function makeIndexes(): Promise<undefined> {
  await rows.createIndex({ key: 1 }, { unique: true });
  await rows.createIndex({ owner: 1, group: 1, at: -1 });
  await rows.createIndex({ tags: 1 });
  await rows.createIndex({ at: 1 }, { partialFilterExpression: { state: 'open' } });
  await rows.createIndex({ expires: 1 }, { expireAfterSeconds: 0 });
  return undefined;
}

process.on('uncaughtException', (error) => {
  console.error(`${round}: ${error instanceof Error ? error.message : error}`);
  process.exit(1);
});

while ((await attempt(makeIndexes)).outcome === 'refused') say({ writer: -1, n: 0, outcome: 'refused' });
await Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)));
