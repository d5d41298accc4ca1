import { expect, it } from 'vitest';
import { choiceTitle } from './port-names.ts';

const list = { text: 'Which?', sections: [{ title: 'Cakes', rows: [{ id: 'plum', title: 'Plum cake' }] }] };

it('finds the words of a choice, wherever it lies', () => {
  expect(choiceTitle({ buttons: [{ id: 'yes', title: 'Yes, please' }] }, 'yes')).toBe('Yes, please');
  expect(choiceTitle(list, 'plum')).toBe('Plum cake');
  expect(choiceTitle({ buttons: [{ payload: 'stop', title: 'No more' }] }, 'stop')).toBe('No more');
});

it('finds none for ports that no choice stands for, nor for choices without words', () => {
  expect(choiceTitle(list, 'next')).toBeNull();
  expect(choiceTitle({ buttons: [{ id: 'yes', title: '' }] }, 'yes')).toBeNull();
  expect(choiceTitle(null, 'yes')).toBeNull();
});
