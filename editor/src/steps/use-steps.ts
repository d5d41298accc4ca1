import { nodes } from '@parley/nodes';
import type { NodeType } from '@parley/runtime';
import i18next from 'i18next';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LANGUAGES } from '../ui/i18n.ts';
import { useNodeWords } from '../ui/node-words.ts';
import type { Findable } from './find-steps.ts';

const CODES = Object.keys(LANGUAGES);
const SEARCHED = ['steps', 'node-types']; // namespaces; no other words of other languages are needed

/** Every step that can be added, with its words in the person's language and all by which it can be found. */
export function useSteps(): readonly Findable[] {
  const word = useNodeWords();
  const { i18n } = useTranslation('steps');
  const [loaded, setLoaded] = useState(false);
  useEffect(() => {
    let isThere = true;
    i18next.services.backendConnector.load(CODES, SEARCHED, () => isThere && setLoaded(true));
    return () => {
      isThere = false;
    };
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `word` is new at each drawing; language and words decide
  return useMemo(
    () =>
      nodes.map((type) => ({
        type,
        title: word(type.title),
        description: word(type.description),
        also: CODES.flatMap((code) => wordsIn(code, type)),
      })),
    [i18n.language, loaded],
  );
}

function wordsIn(language: string, type: NodeType): string[] {
  const synonyms: unknown = i18next.getResourceBundle(language, 'steps')?.synonyms?.[type.type];
  const translated: unknown[] = [type.title, type.description].map(
    (english) => i18next.getResourceBundle(language, 'node-types')?.[english],
  );
  return [synonyms, ...translated].filter((one) => typeof one === 'string');
}
