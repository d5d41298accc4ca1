import i18next from 'i18next';

/** The server's code, where the error is an answer of it; `offline` where nobody answered. */
const codeOf = (error: Error): string => ('code' in error && typeof error.code === 'string' ? error.code : '');

/** What went wrong, in the person's language where Parley knows the code, else in the words that came with it. */
export function errorWords(error: Error): string {
  const code = codeOf(error);
  if (code === 'offline') return i18next.t('ui:offline');
  const key = `ui:errors.${code}`;
  return code !== '' && i18next.exists(key) ? i18next.t(key, { defaultValue: error.message }) : error.message;
}
