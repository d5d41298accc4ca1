import { expect, it } from 'vitest';
import { durationWords } from './duration-words.ts';

it.each([
  ['PT30M', 'en', '30 minutes'],
  ['P1DT2H', 'en', '1 day, 2 hours'],
  ['P1W', 'es', '1 semana'],
  ['PT1H', 'qps', '1 hour'],
  ['soon', 'en', 'soon'],
])('%s in %s', (duration, language, words) => expect(durationWords(duration, language)).toBe(words));
