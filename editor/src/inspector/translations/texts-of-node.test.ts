import { expect, it } from 'vitest';
import { missingIn, textsOfNode } from './texts-of-node.ts';

const menu = {
  id: 'menu',
  type: 'chat.buttons',
  config: {
    text: 'Well?',
    saveAs: 'answer',
    buttons: [{ id: 'yes', title: 'Yes' }],
    header: { kind: 'image', url: 'https://example.com/a.png' },
    reminders: [{ after: 'PT1H', text: 'Still there?' }],
  },
};

it('finds the words that customers read, by the keys of their translations', () => {
  expect(textsOfNode(menu)).toEqual([
    { key: 'menu.text', text: 'Well?' },
    { key: 'menu.buttons.yes.title', text: 'Yes' },
    { key: 'menu.reminders.0.text', text: 'Still there?' },
  ]);
});
it('knows which of them a language lacks', () => {
  expect(missingIn([menu], { 'menu.text': '¿Y bien?' }).map(({ key }) => key)).toEqual([
    'menu.buttons.yes.title',
    'menu.reminders.0.text',
  ]);
});
