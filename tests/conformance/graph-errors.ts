import { readGraphError } from '@parley/server/src/channels/whatsapp/meta/graph-error.ts';
import type { ErrorAnswer } from './corpus.ts';

/** Every error answer of the Graph API, read by our one reader of them. */
export function checkErrors(answers: ErrorAnswer[]): string[] {
  const problems = answers.flatMap(({ file, body, expected }) => {
    const read = readGraphError(body);
    const same =
      read !== null &&
      read.code === (expected.code === null ? 'unknown' : String(expected.code)) &&
      read.subcode === (expected.error_subcode === null ? null : String(expected.error_subcode)) &&
      read.type === expected.type;
    return same ? [] : [`${file}: ${JSON.stringify(read)}, expected ${JSON.stringify(expected)}`];
  });
  console.log(
    `API answers        ${answers.length - problems.length} of ${answers.length}: code, subcode and type equal`,
  );
  return problems;
}
