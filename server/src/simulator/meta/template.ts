import type { MetaAccount, Said, Interactive as Shown, Template, TemplateComponent } from '../network/model.ts';
import { addressOf, bareInteractive } from '../network/shown.ts';
import { GraphError } from './errors.ts';
import type { TemplateSend } from './shapes.ts';

type Given = NonNullable<TemplateSend['components']>[number];
type Parameter = NonNullable<Given['parameters']>[number];
type ToMedia = (file: { id?: string | undefined; link?: string | undefined }) => Said['media'];

/** A template of the account with its gaps filled, as the phone shows it. Throws GraphError with 132000 and its like. */
export function fillTemplate(sent: TemplateSend, account: MetaAccount, media: ToMedia): Partial<Said> {
  const template = usable(sent, account);
  const given = sent.components ?? [];
  const header = find(template, 'HEADER');
  const body = find(template, 'BODY');
  const text = fill('body', body?.text ?? '', given.find(({ type }) => type === 'body')?.parameters ?? []);
  const head = header ? fillHeader(header, given.find(({ type }) => type === 'header')?.parameters ?? [], media) : null;
  const buttons = (find(template, 'BUTTONS')?.buttons ?? []).map((button, index) => fillButton(button, index, given));
  const interactive: Shown = {
    ...bareInteractive(),
    type: 'buttons',
    header: head && { text: head.text, mediaUrl: addressOf(head.media) },
    body: text,
    footer: find(template, 'FOOTER')?.text ?? null,
    buttons,
  };
  const { name, language, category } = template;
  return { text, media: head?.media ?? null, interactive, template: { name, language, category } };
}

function usable({ name, language }: TemplateSend, account: MetaAccount): Template {
  const found = account.templates.find((one) => one.name === name && one.language === language.code);
  if (!found || found.status === 'PENDING' || found.status === 'REJECTED')
    throw new GraphError(132001, `template name (${name}) does not exist in ${language.code}`);
  if (found.status === 'PAUSED') throw new GraphError(132015, `Template ${name} is paused due to low quality.`);
  if (found.status === 'DISABLED') throw new GraphError(132016, `Template ${name} is disabled due to low quality.`);
  return found;
}

const find = ({ components }: Template, type: string): TemplateComponent | undefined =>
  components.find((one) => one.type.toUpperCase() === type);

const VARIABLE = /\{\{\s*([\w.]+)\s*\}\}/g;

/** The variables of a text in the order of their first use. */
export const variablesOf = (text: string): string[] => [
  ...new Set([...text.matchAll(VARIABLE)].map(([, name]) => name ?? '')),
];

function fill(part: string, text: string, parameters: Parameter[]): string {
  const wanted = variablesOf(text);
  if (wanted.length !== parameters.length)
    throw new GraphError(
      132000,
      `${part}: number of localizable_params (${parameters.length}) does not match the expected number of params (${wanted.length})`,
    );
  const values = new Map(wanted.map((name, place) => [name, parameterOf(part, name, parameters, place)]));
  return text.replace(VARIABLE, (whole, name: string) => values.get(name) ?? whole);
}

function parameterOf(part: string, name: string, parameters: Parameter[], place: number): string {
  const numbered = /^\d+$/.test(name);
  const parameter = numbered
    ? (parameters[Number(name) - 1] ?? parameters[place])
    : parameters.find(({ parameter_name }) => parameter_name === name);
  if (!parameter) throw new GraphError(100, `${part}: Parameter name is missing or empty: ${name}`);
  const words = parameter.text ?? parameter.currency?.fallback_value ?? parameter.date_time?.fallback_value;
  if (words === undefined || words === '')
    throw new GraphError(131008, `Parameter of type ${parameter.type} is missing text value.`);
  return words;
}

function fillHeader(header: TemplateComponent, parameters: Parameter[], media: ToMedia) {
  const format = header.format?.toUpperCase() ?? 'TEXT';
  if (format === 'TEXT') return { text: fill('header', header.text ?? '', parameters), media: null };
  if (format === 'LOCATION') return { text: null, media: null };
  const given = parameters[0];
  const file = given?.image ?? given?.video ?? given?.document;
  if (given === undefined || given.type.toUpperCase() !== format || file === undefined)
    throw new GraphError(
      132012,
      `header: Format mismatch, expected ${format}, received ${given?.type.toUpperCase() ?? 'UNKNOWN'}`,
    );
  return { text: null, media: media(file) };
}

type Button = NonNullable<TemplateComponent['buttons']>[number];

function fillButton(button: Button, index: number, given: Given[]): Shown['buttons'][number] {
  const title = button.text ?? '';
  const own = given.find((one) => one.type === 'button' && String(one.index) === String(index));
  const parameter = own?.parameters?.[0];
  const kind = button.type.toUpperCase();
  if (kind === 'QUICK_REPLY') return { id: parameter?.payload ?? title, title };
  if (kind === 'URL') {
    const url = button.url ?? '';
    if (variablesOf(url).length === 0) return { id: url, title, url };
    if (parameter?.text === undefined)
      throw new GraphError(131008, `buttons: Button at index ${index} of type Url requires a parameter`);
    const filled = url.replace(VARIABLE, parameter.text);
    return { id: filled, title, url: filled };
  }
  if (kind === 'COPY_CODE' && parameter?.coupon_code === undefined)
    throw new GraphError(131008, `buttons: Button at index ${index} of type CopyCode requires a parameter`);
  return { id: parameter?.coupon_code ?? title, title, url: button.phone_number ? `tel:${button.phone_number}` : '#' };
}
