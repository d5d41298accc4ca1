import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { isolate } from './isolate.ts';

const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/u;
const LEFT_TO_RIGHT = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]/u;

/** Words of somebody, to stand in a sentence of the page: those of the other direction do not turn it. */
export function useOwnWords(): (words: string) => string {
  const { i18n } = useTranslation();
  const turns = i18n.dir() === 'rtl' ? LEFT_TO_RIGHT : RIGHT_TO_LEFT;
  return useCallback((words) => (turns.test(words) ? isolate(words) : words), [turns]);
}
