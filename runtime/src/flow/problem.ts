/**
 * What is wrong with a flow, for the person who can mend it. `path` is a JSON pointer into the document,
 * `message` says what to do. Errors stop publishing; warnings do not.
 */
export interface Problem {
  severity: 'error' | 'warning';
  code: string;
  node: string | null;
  edge: string | null;
  path: string;
  message: string;
  /** What the message names, for pages that say it in the reader's language by `code` (and `values.of`, where one code has several messages). */
  values?: Record<string, string | number>;
}

type Place = Partial<Pick<Problem, 'node' | 'edge' | 'path' | 'values'>>;

const problem = (severity: Problem['severity'], code: string, message: string, place: Place): Problem => ({
  severity,
  code,
  node: place.node ?? null,
  edge: place.edge ?? null,
  path: place.path ?? '',
  message,
  ...(place.values && { values: place.values }),
});

export const flowError = (code: string, message: string, place: Place = {}): Problem =>
  problem('error', code, message, place);

export const flowWarning = (code: string, message: string, place: Place = {}): Problem =>
  problem('warning', code, message, place);

export const hasErrors = (problems: readonly Problem[]): boolean => problems.some((one) => one.severity === 'error');

/** JSON pointer (RFC 6901) of a path of keys and indexes. */
export const pointer = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
