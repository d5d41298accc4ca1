import { type Flow, type NodeTypes, stringsOf, variablesSetBy } from '@parley/runtime';
import { z } from 'zod';

/** Where a text stands that a person wrote. */
export type TextPlace =
  | { kind: 'name' }
  | { kind: 'label'; node: string }
  | { kind: 'config'; node: string; path: PropertyKey[]; isName?: true }
  | { kind: 'translation'; node: string; language: string; key: string }
  | { kind: 'note'; note: string }
  | { kind: 'group'; group: string }
  | { kind: 'variable'; name: string };

/** A field that names the variable which a node sets. */
export const isSetting = (place: TextPlace): boolean => place.kind === 'config' && place.isName === true;

const NOT_WORDS = new Set(['id', 'mediaId', 'operator']); // keys of items that no person reads

/** All texts of a flow with their places: names first, then step by step, notes, groups and variables. */
export function placesOf(flow: Flow, nodeTypes: NodeTypes): { place: TextPlace; text: string }[] {
  const translations = Map.groupBy(
    Object.entries(flow.translations).flatMap(([language, texts]) =>
      Object.entries(texts).map(([key, text]) => {
        const node = key.split('.')[0] ?? '';
        return { place: { kind: 'translation', node, language, key } as TextPlace, text, node };
      }),
    ),
    ({ node }) => node,
  );
  return [
    { place: { kind: 'name' }, text: flow.name },
    ...flow.nodes.flatMap((node) => {
      const schema = nodeTypes.get(node.type)?.schema;
      const names = new Set(variablesSetBy(node, nodeTypes));
      const texts = [...stringsOf(node.config)]
        .filter(([path]) => !NOT_WORDS.has(String(path.at(-1))) && !isChosen(schema, path))
        .map(([path, text]) => ({
          place: { kind: 'config', node: node.id, path, ...(names.has(text) && { isName: true }) } as TextPlace,
          text,
        }));
      return [
        ...(node.label ? [{ place: { kind: 'label', node: node.id } as TextPlace, text: node.label }] : []),
        ...texts,
        ...(translations.get(node.id) ?? []),
      ];
    }),
    ...flow.layout.notes.map(({ id, text }) => ({ place: { kind: 'note', note: id } as TextPlace, text })),
    ...flow.layout.groups.map(({ id, title }) => ({ place: { kind: 'group', group: id } as TextPlace, text: title })),
    ...flow.variables.map(({ name }) => ({ place: { kind: 'variable', name } as TextPlace, text: name })),
  ];
}

/** A value of the first level that is chosen from a list, or names another node or flow: nothing that was written. */
function isChosen(schema: z.ZodObject | undefined, [key]: readonly PropertyKey[]): boolean {
  let field: unknown = schema?.shape[String(key)];
  const input = field instanceof z.ZodType ? field.meta()?.input : undefined;
  while (field instanceof z.ZodOptional || field instanceof z.ZodDefault) field = field.unwrap();
  return field instanceof z.ZodEnum || field instanceof z.ZodLiteral || input === 'node' || input === 'flow';
}
