import i18next from 'i18next';
import { formatsFor, localeOf } from './formats.ts';
import { isolate } from './isolate.ts';

/** The server's code, where the error is an answer of it; `offline` where nobody answered. */
const codeOf = (error: Error): string => ('code' in error && typeof error.code === 'string' ? error.code : '');

/** What went wrong, in the person's language where Parley knows the code, else in the words that came with it. */
export function errorWords(error: Error): string {
  const code = codeOf(error);
  if (code === 'offline') return i18next.t('ui:offline');
  const key = `ui:errors.${code}`;
  if (code === '' || !i18next.exists(key)) return error.message;
  return i18next.t(key, { ...valuesOf(error), defaultValue: error.message });
}

/** Numbers and names of the answer that the words may hold; several names as a list of the language. */
function valuesOf(error: Error): Record<string, string | number> {
  const facts = 'facts' in error && typeof error.facts === 'object' ? error.facts : {};
  const { list } = formatsFor(localeOf(i18next.language, []));
  return Object.fromEntries(
    Object.entries(facts ?? {}).flatMap(([name, value]: [string, unknown]) => {
      if (typeof value === 'string' || typeof value === 'number') return [[name, value]];
      const isNames = Array.isArray(value) && value.every((one) => typeof one === 'string');
      return isNames ? [[name, list(value.map(isolate))]] : [];
    }),
  );
}
