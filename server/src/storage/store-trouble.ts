/** The store was away, or changing its primary: no event is to blame for that, however often it happens. */
export function isStoreTrouble(error: unknown): boolean {
  if (!(error instanceof Error) || !error.name.startsWith('Mongo')) return false;
  if (error.name !== 'MongoServerError' && error.name !== 'MongoBulkWriteError') return true;
  const { errorLabels = [] } = error as { errorLabels?: string[] };
  return errorLabels.includes('RetryableWriteError');
}
