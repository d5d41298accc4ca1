import { flowError, flowWarning, type Problem, type Provider } from '@parley/runtime';
import { misfitWords } from './misfit-words.ts';
import { type Misfit, misfitsOf } from './misfits.ts';
import type { StoredTemplate } from './store.ts';
import type { TemplateSend } from './template-sends.ts';

/** A number whose templates were read, with those that are asked about. */
export interface KnownNumber {
  name: string;
  provider: Provider;
  templates: readonly StoredTemplate[];
}

/** A number with what it would send, by one name and language: nothing, or a template, or one of several languages. */
interface Choice extends KnownNumber {
  variants: readonly StoredTemplate[];
}

type Language = TemplateSend['languages'][number];

export const TEMPLATE_CODES: ReadonlySet<string> = new Set([
  'template_unknown',
  'template_not_approved',
  'template_parameters',
]);

/** Sent, or nobody has told otherwise. */
const SENT = new Set(['APPROVED', 'UNKNOWN']);

/**
 * What is wrong with the templates that a flow sends, beside what the numbers it answers on are known to have. Without
 * such a number nothing is known, and nothing is wrong.
 */
export function templateProblems(sends: readonly TemplateSend[], numbers: readonly KnownNumber[]): Problem[] {
  if (numbers.length === 0) return [];
  const found = sends.flatMap((send) => {
    const named = numbers.map((one) => ({ ...one, templates: one.templates.filter(({ name }) => name === send.name) }));
    return send.languages.flatMap((language) => {
      const choices = named.map((number) => ({ ...number, variants: variantsOf(number, language.code) }));
      const present = choices.filter(({ variants }) => variants.length > 0);
      return [
        ...missingProblems(send, language, choices, present),
        ...approvalProblems(send, choices, present),
        ...misfitProblems(send, present),
      ];
    });
  });
  // Of several languages each says the same
  return [...new Map(found.map((one) => [`${one.path} ${one.code} ${one.message}`, one])).values()];
}

/** As the sends look for it: Meta takes the very code, Twilio's templates also one that differs in the region. */
function variantsOf({ provider, templates: named }: KnownNumber, code: string | null): readonly StoredTemplate[] {
  if (code === null) return named;
  const same = named.filter(({ language }) => tagOf(language, provider) === tagOf(code, provider));
  const near = provider === 'twilio' ? named.filter(({ language }) => baseOf(language) === baseOf(code)) : [];
  const group = same.length > 0 ? same : near;
  const best = group.find(isSent) ?? group[0];
  return best ? [best] : [];
}

const tagOf = (language: string, provider: Provider): string =>
  provider === 'twilio' ? language.replaceAll('_', '-').toLowerCase() : language.replaceAll('-', '_');
const baseOf = (language: string): string => language.toLowerCase().split(/[_-]/)[0] ?? '';
const isSent = ({ status }: StoredTemplate): boolean => SENT.has(status);

function missingProblems(
  { node, at, field, name }: TemplateSend,
  language: Language,
  all: Choice[],
  present: Choice[],
) {
  const missing = all.filter(({ variants }) => variants.length === 0);
  if (missing.length === 0) return [];
  const code = language.code ?? '';
  if (present.length > 0) {
    const numbers = namesOf(missing);
    const message = `${numbers} has no template ${named(name, code)}. Have it approved there too, or choose where this flow answers.`;
    const values = { of: 'some', name, language: code, numbers };
    return [flowWarning('template_unknown', message, { node, path: at + field, values })];
  }
  const others = [...new Set(all.flatMap(({ templates }) => templates.map(({ language }) => language)))]
    .sort()
    .join(', ');
  if (others !== '') {
    const message = `There is no template ${named(name, code)}. It is there in ${others}.`;
    const values = { of: 'language', name, language: code, others };
    return [flowWarning('template_unknown', message, { node, path: at + language.field, values })];
  }
  const message = `WhatsApp has told of no template ${name}. Check its name; where it is new, check the number again, which reads its templates.`;
  return [flowWarning('template_unknown', message, { node, path: at + field, values: { name, language: code } })];
}

function approvalProblems({ node, at, field, name }: TemplateSend, all: Choice[], present: Choice[]): Problem[] {
  const refused = present.filter(({ variants }) => !variants.some(isSent));
  const [first] = refused.flatMap(({ variants }) => variants);
  if (!first) return [];
  const { status, language } = first;
  const isEverywhere = refused.length === all.length;
  const where = isEverywhere ? '' : ` on ${namesOf(refused)}`;
  const message = `The template ${named(name, language)} is ${status.toLowerCase()}${where}: WhatsApp does not send it now.`;
  const values = { of: isEverywhere ? status : 'some', name, language, status, numbers: namesOf(refused) };
  return [flowWarning('template_not_approved', message, { node, path: at + field, values })];
}

function misfitProblems({ node, at, name, content }: TemplateSend, present: Choice[]): Problem[] {
  if (!content) return [];
  const judged = present.map((choice) => ({ choice, misfits: leastMisfits(choice, content) }));
  const wrong = judged.filter(({ misfits }) => misfits.length > 0);
  const [first] = wrong;
  if (!first) return [];
  if (wrong.length < judged.length) {
    const numbers = namesOf(wrong.map(({ choice }) => choice));
    const message = `On ${numbers} the template ${name} takes other values. Make the templates alike, or choose where this flow answers.`;
    const values = { of: 'some', name, numbers };
    return [flowWarning('template_parameters', message, { node, path: `${at}/parameters`, values })];
  }
  // What waits for its approval may be changed until then, and is not sent before
  const isCertain = judged.some(({ choice }) => choice.variants.some(isSent));
  const tell = isCertain ? flowError : flowWarning;
  return first.misfits.map((misfit) =>
    tell('template_parameters', misfitWords(misfit, name), {
      node,
      path: at + misfit.field,
      values: { ...misfit.values, of: misfit.of, name },
    }),
  );
}

/** Where only the moment of sending tells the language, one that fits is enough. */
function leastMisfits({ provider, variants }: Choice, content: NonNullable<TemplateSend['content']>): Misfit[] {
  const sent = variants.filter(isSent);
  const all = (sent.length > 0 ? sent : variants).map(({ components }) => misfitsOf(provider, content, components));
  return all.reduce((least, one) => (one.length < least.length ? one : least));
}

const named = (name: string, language: string): string => (language === '' ? name : `${name} (${language})`);
const namesOf = (numbers: readonly KnownNumber[]): string => numbers.map(({ name }) => name).join(', ');
