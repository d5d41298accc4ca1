import { describe, expect, it } from 'vitest';
import { checkFlow } from '../check/check-flow.ts';
import type { JsonObject } from '../json.ts';
import { deliver, start } from '../session/session.ts';
import { after, begun, facts, flowOf, heard, said, talkTypes } from '../testing/talk.ts';
import { translateConfig, translationFor } from './translate.ts';

const translated = flowOf(
  { ask: ['ask', { text: 'Name, {{contact.firstName}}?' }], bye: ['say', { text: 'Bye' }] },
  ['start.next>ask', 'ask.next>bye'],
  {
    translations: {
      pt: { 'ask.text': 'Nome, {{contact.firstName}}?' },
      'es-MX': { 'ask.text': '¿Nombre?' },
      de: { 'ask.text': '{{broken', 'bye.text': 'Tschüss, '.repeat(20) },
    },
  },
);
const speaking = (language: string | null) => ({ ...facts, contact: { ...facts.contact, language } });
const first = (language: string | null) => {
  const { compiled } = begun(translated);
  return said(start(compiled, { session: 's', target: 'start', message: null, facts: speaking(language) }));
};

describe('the words of a flow', () => {
  it.each([
    ['pt', 'Nome, Ana?'],
    ['pt-BR', 'Nome, Ana?'],
    ['PT_br', 'Nome, Ana?'],
    ['es-MX', '¿Nombre?'],
    ['es', '¿Nombre?'],
    ['en-GB', 'Name, Ana?'],
    ['fr', 'Name, Ana?'],
    [null, 'Name, Ana?'],
  ])('for %s', (language, text) => expect(first(language)).toEqual([text]));

  it('fall back to its own where a translation has no text, or one that does not fit', () => {
    const { compiled, step } = begun(translated);
    expect(said(deliver(compiled, step.snapshot, { ...heard('x'), facts: speaking('pt') }))).toEqual(['Bye']);
    expect(said(deliver(compiled, step.snapshot, { ...heard('x'), facts: speaking('de') }))).toEqual(['Bye']);
    expect(said(after(compiled, step, heard('x')))).toEqual(['Bye']);
  });

  it('are told apart by language, never by a name on a prototype', () => {
    expect(translationFor(translated, 'constructor')).toBe(null);
    expect(translationFor(translated, '')).toBe(null);
  });

  it('of list items go by their id, else by their place; ids and what is no text stay', () => {
    const config: JsonObject = {
      buttons: [{ id: 'yes', title: 'Yes' }, { title: 'No' }],
      kind: 'x',
      more: { deep: ['a', 1, null] },
    };
    const texts = new Map([
      ['buttons.yes.title', 'Sim'],
      ['buttons.1.title', 'Não'],
      ['buttons.yes.id', 'changed'],
      ['kind', 'changed'],
      ['more.deep.0', 'b'],
      ['more.deep.1', '2'],
    ]);
    expect(translateConfig(config, texts, ['kind'])).toEqual({
      buttons: [{ id: 'yes', title: 'Sim' }, { title: 'Não' }],
      kind: 'x',
      more: { deep: ['b', 1, null] },
    });
  });

  it('that would not be used are named', () => {
    const flow = flowOf(
      { ask: ['ask', { text: 'Hi' }], bye: ['say', { text: 'Bye' }] },
      ['start.next>ask', 'ask.next>bye'],
      {
        translations: {
          pt: { 'ask.text': 'Oi', 'ask.title': 'x', 'gone.text': 'x', 'bye.text': 'x'.repeat(41) },
          de: { 'ask.text': '{{#if' },
        },
      },
    );
    const found = checkFlow(flow, talkTypes).filter((one) => one.code.startsWith('translation'));
    expect(found.map(({ code, path, severity }) => [severity, code, path])).toEqual([
      ['warning', 'translation_unused', '/translations/pt/gone.text'],
      ['warning', 'translation_unused', '/translations/pt/ask.title'],
      ['warning', 'translation_refused', '/translations/pt/bye.text'],
      ['warning', 'translation_template', '/translations/de/ask.text'],
    ]);
  });
});
