/** A value as a text field shows it; what is no text is shown as JSON, never dropped. */
export const asText = (value: unknown): string =>
  value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value);

/** What was typed into a field that takes numbers and texts: `12` is a number, `12.` and `{{total}}` are texts. */
export const asValue = (text: string): string | number =>
  text !== '' && Number.isFinite(Number(text)) && String(Number(text)) === text ? Number(text) : text;
