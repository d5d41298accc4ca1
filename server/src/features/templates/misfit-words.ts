import type { Misfit, MisfitKind } from './misfits.ts';

/** What to do about a misfit, in English; the editor says it in the reader's language by `of`. */
export function misfitWords({ of, values, message }: Misfit, name: string): string {
  return message ?? WORDS[of]({ ...values, name });
}

type Values = Misfit['values'];

const header = (what: string) => () => `The header of the template is ${what}. Give it one.`;

const WORDS: Record<MisfitKind, (values: Values) => string> = {
  count: ({ name, expected, given }) =>
    `Places in the text of the template ${name}: ${expected}; filled in here: ${given}. Fill in as many as it has.`,
  names: ({ name, expected }) => `The places of the template ${name} are called ${expected}. Fill in these.`,
  empty: ({ places }) => `Nothing is filled in for ${places}. WhatsApp refuses a template with an empty place.`,
  header_none: () => 'The header of the template has no place to fill in. Empty the header here.',
  header_text: header('a text with a place to fill in'),
  header_name: ({ expected }) => `The place in the header is called ${expected}. Write that name at the header.`,
  header_image: header('a picture'),
  header_video: header('a video'),
  header_document: header('a document'),
  header_location: header('a location'),
  button_none: ({ button }) => `Button ${button} of the template takes no value, or is not there. Take it out here.`,
  button_url: ({ button }) => `Button ${button} of the template opens an address. Fill in its end, and nothing else.`,
  button_copy_code: ({ button }) => `Button ${button} of the template copies a code. Fill in the code.`,
  button_kind: ({ button }) => `Button ${button} of the template is of another kind. Fill in what belongs to that one.`,
  twilio: ({ name }) => `The template ${name} takes other values. Fill in as many as it has places.`,
};
