import {
  type Document,
  MongoBulkWriteError,
  MongoError,
  MongoServerError,
} from '@parley/server/src/storage/embedded/testing/driver.ts';
import { type ExpectedError, NotRunnable, type Operation } from './format.ts';
import { difference, differenceOfList, show } from './match.ts';
import { plainResult } from './operations.ts';
import type { World } from './world.ts';

/** Operations that give documents one by one: each is a root, and may hold more than expected. */
const LISTS = new Set(['aggregate', 'find', 'listCollections', 'listDatabases', 'listIndexes', 'runCursorCommand']);

/** What is wrong with the result of an operation, null if nothing is. */
export function judgeResult({ name, expectResult }: Operation, result: unknown, world: World): string | null {
  if (expectResult === undefined) return null;
  if (LISTS.has(name) && Array.isArray(expectResult) && Array.isArray(result)) {
    return differenceOfList(expectResult, result, world);
  }
  return difference(expectResult, result ?? (result === null ? null : undefined), world);
}

/** What is wrong with the error of an operation, null if nothing is. */
export function judgeError(expected: ExpectedError, error: unknown, world: World): string | null {
  if (error instanceof NotRunnable) throw error;
  if (!(error instanceof Error)) return `${String(error)} is no error`;
  for (const check of CHECKS) {
    const why = check(expected, error, world);
    if (why) return `${why} (${error.name}: ${error.message})`;
  }
  return null;
}

type Check = (expected: ExpectedError, error: Error & Document, world: World) => string | null;

const CHECKS: Check[] = [
  ({ isClientError }, error) =>
    isClientError === undefined || isClientError !== error instanceof MongoServerError
      ? null
      : `isClientError is not ${isClientError}`,
  ({ errorContains = '' }, error) =>
    messagesOf(error).some((text) => text.toLowerCase().includes(errorContains.toLowerCase()))
      ? null
      : `does not say ${errorContains}`,
  ({ errorCode }, error) => (errorCode === undefined || error.code === errorCode ? null : `code is ${error.code}`),
  ({ errorCodeName: name }, error) =>
    name === undefined || error.codeName === name ? null : `codeName is ${error.codeName}`,
  ({ errorLabelsContain = [] }, error) => {
    const missing = errorLabelsContain.filter((label) => !hasLabel(error, label));
    return missing.length > 0 ? `lacks the label ${missing}` : null;
  },
  ({ errorLabelsOmit = [] }, error) => {
    const wrong = errorLabelsOmit.filter((label) => hasLabel(error, label));
    return wrong.length > 0 ? `has the label ${wrong}` : null;
  },
  ({ errorResponse }, error, world) =>
    errorResponse === undefined ? null : difference(errorResponse, error.errorResponse, world),
  ({ expectResult }, error, world) => {
    if (expectResult === undefined) return null;
    const result = error instanceof MongoBulkWriteError ? plainResult(error.result) : error.partialResult;
    return difference(expectResult, result ?? undefined, world);
  },
];

const hasLabel = (error: Error, label: string): boolean => error instanceof MongoError && error.hasErrorLabel(label);

function messagesOf(error: Error): string[] {
  if (!(error instanceof MongoBulkWriteError)) return [error.message];
  return [error.message, ...[error.writeErrors].flat().map(({ errmsg }) => String(errmsg))];
}

/** What is wrong with the documents of a collection: exactly these are expected, in any order of their fields. */
export function judgeDocuments(expected: Document[], actual: Document[], world: World): string | null {
  // Within an array documents are no roots: they hold nothing else.
  const why = difference(expected, actual, world);
  return why && `the outcome: ${why} in ${show(actual)}`;
}
