/**
 * Deeper than any form's answers or a channel's metadata; further down waits only what exhausts whoever walks it: people
 * may write what they like into the answers of a form.
 */
export const MAX_DEPTH = 32;

/** Whether a JSON text nests deeper than `limit`. Counts brackets outside of texts, in one walk, before anything is built of them. */
export function nestsDeeper(text: string, limit: number): boolean {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (quoted && sign === '\\') at += 1;
    else if (sign === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (sign === '[' || sign === '{') depth += 1;
    else if (sign === ']' || sign === '}') depth -= 1;
    if (depth > limit) return true;
  }
  return false;
}
