import { useTranslation } from 'react-i18next';
import type { ExampleSummary } from '../../api/examples.ts';

export interface ExampleWords {
  title: string;
  description: string;
  /** What else one may search it by. */
  topics: string;
}

/** Title and description in the person's language; those of an example that Parley does not bring are the server's. */
export function useExampleWords(): (example: Pick<ExampleSummary, 'name' | 'title' | 'description'>) => ExampleWords {
  const { i18n } = useTranslation('flows');
  return ({ name, title, description }) => {
    const words = (part: keyof ExampleWords, otherwise: string) => {
      const key = `flows:known.${name}.${part}`;
      return i18n.exists(key) ? i18n.t(key, { defaultValue: otherwise }) : otherwise;
    };
    return {
      title: words('title', title),
      description: words('description', description),
      topics: words('topics', ''),
    };
  };
}
