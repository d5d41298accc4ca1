import { nodes } from '@parley/nodes';
import { describe, expect, it } from 'vitest';
import { type Findable, findSteps } from './find-steps.ts';

const also: Record<string, string[]> = {
  'time.wait': ['delay pause', 'Esperar', 'انتظار'],
  'chat.send': ['Enviar áudio'],
};
const steps: Findable[] = nodes.map((type) => ({
  type,
  title: type.title,
  description: type.description,
  also: also[type.type] ?? [],
}));
const found = (query: string) => findSteps(steps, query).map(({ type }) => type.type);

describe('a search over the steps', () => {
  it('without words has all of them in their order', () => expect(found('  ')).toEqual(nodes.map(({ type }) => type)));
  it('puts a title that begins with the word first', () => expect(found('branch')[0]).toBe('logic.branch'));
  it('finds synonyms', () => expect(found('delay')[0]).toBe('time.wait'));
  it('finds other languages, without their marks', () => expect(found('audio')).toContain('chat.send'));
  it('finds words of another alphabet', () => expect(found('انتظار')).toEqual(['time.wait']));
  it('needs every word', () => expect(found('wait zebra')).toEqual([]));
  it('finds the type as programs write it', () => expect(found('http.request')).toEqual(['http.request']));
});
