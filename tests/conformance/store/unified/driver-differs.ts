/**
 * Tests that the driver itself fails, whatever the server does: it sends or tells something else than the file expects.
 * Each is known by the very words of its failure; when such a test fails in any other way, that counts.
 */
const DIFFERS: { file: string; failure: RegExp; because: string }[] = [
  {
    file: 'create-null-ids.json',
    failure: /^the result of countDocuments: it is .*"0"/,
    because: 'the driver gives a document whose _id is null an id of its own',
  },
  {
    file: 'bypassDocumentValidation.json',
    failure: /^event 0, commandStartedEvent \w+: command: it\.bypassDocumentValidation is missing, expected false/,
    because: 'the driver does not send bypassDocumentValidation: false',
  },
  {
    file: 'gridfs-download',
    failure: /^event 0, commandStartedEvent find: command: it\.filter\._id is \{"\$eq"/,
    because: 'the driver asks for a file by $eq',
  },
  {
    file: 'bulkWrite.json',
    failure: /^the error of bulkWrite: it\.insertedIds has 0 beside what is expected/,
    because: 'the driver tells the ids that it made, also of documents that were not inserted',
  },
];

/** Why a failure says nothing about the store; undefined when it does. */
export const driverDiffers = (file: string, failure: string): string | undefined =>
  DIFFERS.find((one) => file.includes(one.file) && one.failure.test(failure))?.because;
