import { isObject } from '@parley/runtime';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useNodeWords } from '../ui/node-words.ts';

const KNOWN = [
  'next',
  'other',
  'yes',
  'no',
  'timeout',
  'error',
  'invalid',
  'each',
  'done',
  'open',
  'closing',
  'closed',
  'past',
  'resumed',
  'nowhere',
] as const;

/** What a way out is called wherever it is named; one of a package's own by the package's word. */
export function usePortName(): (port: string) => string {
  const { t } = useTranslation('steps');
  const word = useNodeWords();
  return useCallback(
    (port) => {
      const known = KNOWN.find((one) => one === port);
      return known ? t(`ports.${known}`) : word(port);
    },
    [t, word],
  );
}

/** The title of the button, row, case or branch that a port stands for, wherever in the config it lies. */
export function choiceTitle(value: unknown, port: string): string | null {
  if (isObject(value) && (value.id === port || value.payload === port)) {
    if (typeof value.title === 'string' && value.title !== '') return value.title;
  }
  const inner = Array.isArray(value) ? value : isObject(value) ? Object.values(value) : [];
  for (const one of inner) {
    const found = typeof one === 'object' && one !== null ? choiceTitle(one, port) : null;
    if (found) return found;
  }
  return null;
}
