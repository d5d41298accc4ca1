/** The official driver, for suites outside this room: the very one that the server uses. */
export * from 'mongodb';
