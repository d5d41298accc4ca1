import { nodes } from '@parley/nodes';
import i18next, { type TFunction } from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../steps/config.ts';
import { conditionInWords, dayInWords, durationInWords } from '../../steps/in-words.ts';
import words from '../words/en.json' with { type: 'json' };
import { SUMMARIZED, summarize } from './summarize.ts';

let t: TFunction<'canvas'>;
beforeAll(async () => {
  await i18next.init({
    lng: 'en',
    ns: ['canvas'],
    defaultNS: 'canvas',
    resources: { en: { canvas: words } },
    interpolation: { escapeValue: false },
  });
  t = i18next.getFixedT('en', 'canvas');
});
const tell = (type: string, config: unknown) =>
  summarize(type, {
    config: readConfig(config),
    nameOf: (id) => `“${id}”`,
    t,
    word: (english) => english,
    language: 'en',
  });

describe('the card of each type', () => {
  it.each(nodes.map(({ type }) => type))('%s has words of its own', (type) => expect(SUMMARIZED).toContain(type));
  it.each(nodes.map(({ type }) => type))('%s bears every config, however wrong', (type) => {
    const odd = {
      text: 7,
      buttons: [null, 'x'],
      sections: {},
      conditions: [1],
      assign: [],
      hours: { mo: 'x' },
      when: {},
    };
    for (const config of [{}, null, [], odd]) expect(tell(type, config).lines).toBeInstanceOf(Array);
  });
  it('says what is missing', () => expect(tell('chat.send', { kind: 'text' }).missing).toBe('Write what it says'));
  it('shows text, header and footer as they will be sent', () =>
    expect(tell('chat.buttons', { text: 'Hi {{name}}', header: 'Shop', footer: 'Bye' }).bubble).toEqual({
      header: 'Shop',
      text: 'Hi {{name}}',
      footer: 'Bye',
    }));
  it('tells a go-to by the name of its step', () =>
    expect(tell('logic.goTo', { target: 'ask' }).lines).toEqual([{ text: 'Goes to “ask”' }]));
  it('tells a type of a package by its settings', () =>
    expect(tell('acme.lookup', { key: 'x' }).lines).toEqual([{ text: 'key: x', look: 'code' }]));
});

describe('in words', () => {
  it.each([
    ['PT30M', '30 minutes'],
    ['P1D', '1 day'],
    ['PT1H30M', '1 hour, 30 minutes'],
    ['PT0S', '0 seconds'],
    ['{{pause}}', '{{pause}}'],
  ])('%s is %s', (duration, expected) => expect(durationInWords(duration, 'en')).toBe(expected));
  it('speaks the language of the page', () => expect(durationInWords('PT2H', 'es')).toBe('2 horas'));
  it('a condition', () => {
    const condition = readConfig({ left: '{{order.total}}', operator: 'greaterThan', right: 20 });
    expect(conditionInWords(condition, t)).toBe('{{order.total}} is more than 20');
  });
  it('a day', () => expect(dayInWords('mo', 'en')).toBe('Mon'));
});
