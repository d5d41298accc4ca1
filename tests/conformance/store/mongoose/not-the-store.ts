/**
 * Tests of mongoose that fail here for a reason of their own. Each is known by the very words of its failure; when such a
 * test fails in any other way, that counts.
 */
const ITS_OWN: { test: RegExp; failure: RegExp; because: string }[] = [
  {
    test: /^connections: openUri \(gh-5304\) with mongoose\.createConnection\(\)$/,
    failure: /assert\.ok\(match\)/,
    because: 'wants an address of numbers and dots in the URI',
  },
  {
    test: /^TracingChannel query operations (fires start and asyncEnd for find|includes connection info in context)$/,
    failure: /serverAddress/,
    because: 'wants a host and a port; the store listens on a socket',
  },
  {
    test: /secondary read preference|read inherits its models schema read option/,
    failure: /Timeout of/,
    because: 'wants a secondary; a replica set of one has none',
  },
  {
    test: /^Query /,
    failure: /^MongoServerError: operation exceeded time limit/,
    because: 'a test before it fails over $where, which is not listed, and leaves maxTimeMS: 10 behind for all others',
  },
  {
    test: /async stack traces with (server|post insertMany) error \(gh-15317\)$/,
    failure: /serverStatus|E11000 .*name_1|done\(\) called multiple times/,
    because: 'a test before it asks for serverStatus, which is not listed, and fails only while this one runs',
  },
];

/** Why a failure says nothing about the store; undefined when it does. */
export const notTheStore = (test: string, failure: string): string | undefined =>
  ITS_OWN.find((one) => one.test.test(test) && one.failure.test(failure))?.because;
