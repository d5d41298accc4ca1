import { expect, it } from 'vitest';
import { findByName } from './find-by-name.ts';

const find = (query: string) =>
  findByName(['Open the menu', 'Números', 'Menu of colours', 'Side panel', 'दिन', 'दान'], query, (name) => name);

it('looks for every word, without accents and case, and puts beginnings first', () => {
  expect(find('menu')).toEqual(['Menu of colours', 'Open the menu']);
  expect(find('numeros')).toEqual(['Números']);
  expect(find('menu open')).toEqual(['Open the menu']);
  expect(find('  ')).toHaveLength(6);
  expect(find('nowhere')).toEqual([]);
});

it('takes the marks of a script whose marks are letters as they are: दिन is a day, दान a gift', () =>
  expect(find('दान')).toEqual(['दान']));
