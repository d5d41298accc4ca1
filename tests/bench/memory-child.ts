import { startEmbeddedStore } from '@parley/server/src/storage/embedded/store.ts';

/** Holds the store in a process of its own, whose memory is then the store's alone. Ends when its parent lets go. */
const [directory = ''] = process.argv.slice(2);
const store = await startEmbeddedStore({ directory });
process.send?.({ uri: store.uri });
process.on('disconnect', async () => {
  await store.close();
  process.exit(0);
});
