import { TemplateFault } from './fault.ts';
import type { Helper, HelperArgument } from './helper.ts';

export interface Bound {
  /** By the place of the helper's arguments, undefined where left out; the rest behind them. */
  values: (hbs.AST.Expression | undefined)[];
  /** Names of the rest, where the helper takes any names. */
  names: string[];
}

/** Puts what an author wrote where the helper expects it. Throws `TemplateFault` for a value too many, too few or unknown. */
export function bindArguments(helper: Helper, params: hbs.AST.Expression[], pairs: hbs.AST.HashPair[]): Bound {
  const fixed = helper.arguments.filter(({ rest }) => !rest);
  const rest = helper.arguments.find((one) => one.rest);
  const places = fixed.filter(({ named }) => !named).length;
  if (params.length > places && (!rest || rest.named))
    throw new TemplateFault(`${takes(helper)}; it is given ${counted(params.length)}.`);
  const values: Bound['values'] = Array.from({ length: fixed.length });
  for (const [index, param] of params.slice(0, places).entries()) values[index] = param;
  values.push(...params.slice(places));
  const names: string[] = [];
  for (const { key, value } of pairs) {
    const place = fixed.findIndex(({ name }) => name === key);
    if (place >= 0 && values[place] === undefined) values[place] = value;
    else if (place >= 0 || names.includes(key))
      throw new TemplateFault(`The helper ${helper.name} is given ${key} twice.`);
    else if (rest?.named) {
      names.push(key);
      values.push(value);
    } else throw new TemplateFault(`The helper ${helper.name} takes no ${key}=. ${takes(helper)}.`);
  }
  const missing = fixed.find(({ optional }, index) => !optional && values[index] === undefined);
  if (missing) throw new TemplateFault(`The helper ${helper.name} is not given its ${missing.name}. ${takes(helper)}.`);
  return { values: trimmed(values), names };
}

/** Values left out at the end are not there at all: most calls then have one or two. */
function trimmed(values: Bound['values']): Bound['values'] {
  const last = values.findLastIndex((value) => value !== undefined);
  return values.slice(0, last + 1);
}

const counted = (count: number): string => (count === 1 ? '1 value' : `${count} values`);

const shown = ({ name, optional, named, rest }: HelperArgument): string => {
  const word = rest ? (named ? 'any name=' : `more ${name}`) : named ? `${name}=` : name;
  return optional && !rest ? `[${word}]` : word;
};

/** `The helper truncate takes text length [ending]`: as it would be written, in brackets what may be left out. */
const takes = ({ name, arguments: all }: Helper): string =>
  all.length === 0 ? `The helper ${name} takes no values` : `The helper ${name} takes ${all.map(shown).join(' ')}`;
