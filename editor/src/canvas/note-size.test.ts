import { Note } from '@parley/runtime';
import { expect, it } from 'vitest';
import { sizedBy, within } from './note-size.ts';

it('keeps a note on the grid, and as large as the format allows', () => {
  expect(within([300, 101])).toEqual([304, 96]);
  for (const size of [within([-50, 3]), within([9e9, 9e9])])
    expect(Note.parse({ id: 'n', at: [0, 0], text: '', size }).size).toEqual(size);
});
it('is sized by arrow keys, with Shift in large steps', () => {
  expect(sizedBy({ key: 'ArrowRight', shiftKey: false }, [224, 96])).toEqual([240, 96]);
  expect(sizedBy({ key: 'ArrowUp', shiftKey: true }, [224, 240])).toEqual([224, 160]);
  expect(sizedBy({ key: 'Tab', shiftKey: false }, [224, 96])).toBeNull();
});
