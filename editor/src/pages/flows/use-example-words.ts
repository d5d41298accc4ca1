import { useTranslation } from 'react-i18next';
import type { Example, ExampleSummary } from '../../api/examples.ts';

export interface ExampleWords {
  title: string;
  description: string;
  /** What else one may search it by. */
  topics: string;
  /** What to change in it before it goes live. */
  needs: readonly string[];
}

type Said = Pick<ExampleSummary, 'name' | 'title' | 'description'> & Partial<Pick<Example, 'needs'>>;

/** Its words in the person's language; those of an example that Parley does not bring are the server's. */
export function useExampleWords(): (example: Said) => ExampleWords {
  const { i18n } = useTranslation('flows');
  return ({ name, title, description, needs = [] }) => {
    const keyOf = (part: string) => `flows:known.${name}.${part}`;
    const words = (part: string, otherwise: string) =>
      i18n.exists(keyOf(part)) ? i18n.t(keyOf(part), { defaultValue: otherwise }) : otherwise;
    const known = numbered((number) => keyOf(`needs.${number}`)).map((key) => i18n.t(key));
    return {
      title: words('title', title),
      description: words('description', description),
      topics: words('topics', ''),
      needs: known.length > 0 ? known : needs,
    };
  };

  /** The keys with the numbers from 1 on, as far as there are words. */
  function numbered(key: (number: number) => string): string[] {
    const keys: string[] = [];
    while (i18n.exists(key(keys.length + 1))) keys.push(key(keys.length + 1));
    return keys;
  }
}
