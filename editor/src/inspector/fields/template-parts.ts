import { isObject } from '@parley/runtime';
import type { WhatsAppTemplate } from '../../api/templates.ts';

export interface TemplateParts {
  body: string;
  footer: string;
  header: string;
  buttons: string[];
  /** What is filled in: `1`, `2`, or names. */
  parameters: string[];
}

const HOLE = /\{\{\s*([\w]+)\s*\}\}/g;

/** The words of a template and what has to be filled into them. */
export function templateParts({ components }: Pick<WhatsAppTemplate, 'components'>): TemplateParts {
  const textOf = (type: string) => {
    const found = components.find((one) => String(one.type).toUpperCase() === type);
    return typeof found?.text === 'string' ? found.text : '';
  };
  const buttons = components.find((one) => String(one.type).toUpperCase() === 'BUTTONS')?.buttons;
  const body = textOf('BODY');
  return {
    body,
    footer: textOf('FOOTER'),
    header: textOf('HEADER'),
    buttons: Array.isArray(buttons)
      ? buttons.flatMap((one) => (isObject(one) && typeof one.text === 'string' ? [one.text] : []))
      : [],
    parameters: [...new Set([...body.matchAll(HOLE)].map(([, name]) => name ?? ''))],
  };
}
