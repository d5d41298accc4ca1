import { holds, OPERATORS, type Operator, sameAs } from '../condition.ts';
import { fold } from '../fold.ts';
import { type HelperRun, helperGroup } from '../helper.ts';
import { languageOf, listFormat } from '../locale.ts';
import type { Rendering } from '../rendering.ts';
import { valueToNumber, valueToText } from '../value.ts';
import { placeOf, readAlong } from './json.ts';

const COMPARES_A_STEP = 16; // compared or folded items

/** A list as it is, nothing as an empty one, anything else as a list of itself. */
const listOf = (value: unknown): unknown[] =>
  Array.isArray(value) ? value : value === null || value === undefined || value === '' ? [] : [value];

const onList =
  (work: (list: unknown[], values: unknown[], rendering: Rendering) => unknown): HelperRun =>
  (values, rendering) =>
    work(listOf(values[0]), values, rendering);

/** The same, where the result is a list as long as this one at most. */
const toList = (work: (list: unknown[], values: unknown[], rendering: Rendering) => unknown[]): HelperRun =>
  onList((list, values, rendering) => {
    rendering.makesList(list.length);
    return work(list, values, rendering);
  });

const howMany = (value: unknown, otherwise: number): number =>
  Math.max(Math.trunc(valueToNumber(value) ?? otherwise), 0);

/** Reads one field of each item; the path is made a text once, as it may be a long list that a person made. */
function fieldOf(path: unknown): (item: unknown) => unknown {
  if (path === undefined) return (item) => item;
  const text = valueToText(path);
  return (item) => readAlong(item, text);
}

interface Keyed {
  item: unknown;
  /** The field as it is written. */
  label: string;
  number: number | null;
  text: string;
}

/** Numbers before texts, in their own order; texts without case and accents by code, the same on every platform. */
function ordered(a: Keyed, b: Keyed): number {
  if (a.number !== null && b.number !== null) return a.number - b.number;
  if (a.number !== null || b.number !== null) return a.number !== null ? -1 : 1;
  return a.text < b.text ? -1 : a.text > b.text ? 1 : 0;
}

function keyed(list: unknown[], path: unknown, rendering: Rendering): Keyed[] {
  rendering.step(Math.ceil(list.length / COMPARES_A_STEP));
  const field = fieldOf(path);
  return list.map((item) => {
    const value = field(item);
    const label = valueToText(value);
    rendering.reads(label.length);
    return { item, label, number: valueToNumber(value), text: fold(label) };
  });
}

const sorted = (list: unknown[], path: unknown, descending: unknown, rendering: Rendering): unknown[] => {
  const items = keyed(list, path, rendering);
  // Each compare of long texts reads them: the sum of all lengths, once for each level of the sort.
  rendering.reads(items.reduce((sum, { text }) => sum + text.length, 0) * Math.ceil(Math.log2(list.length + 1)));
  const sign = descending === true ? -1 : 1;
  return items.sort((a, b) => sign * ordered(a, b)).map(({ item }) => item);
};

const keyOf = ({ number, text }: Keyed): string => (number !== null ? `n${number}` : `t${text}`);

const unique = toList((list, [, path], rendering) => {
  const seen = new Map<string, unknown>();
  for (const one of keyed(list, path, rendering)) if (!seen.has(keyOf(one))) seen.set(keyOf(one), one.item);
  return [...seen.values()];
});

const filterBy = toList((list, [, path, wanted, operator], rendering) => {
  const how = operator === undefined ? 'equals' : valueToText(operator);
  if (!OPERATORS.includes(how as Operator)) return [];
  const many = listOf(wanted).length;
  const field = fieldOf(path);
  return list.filter((item) => {
    const left = field(item);
    rendering.call([left, wanted]);
    rendering.step(Math.floor(many / COMPARES_A_STEP));
    return wanted === undefined
      ? !holds('isEmpty', { left, right: null })
      : holds(how as Operator, { left, right: wanted });
  });
});

const groupBy = onList((list, [, path], rendering) => {
  rendering.makesList(list.length);
  const groups = new Map<string, unknown[]>();
  for (const { item, label } of keyed(list, path, rendering)) {
    const group = groups.get(label);
    if (group) group.push(item);
    else groups.set(label, [item]);
  }
  return [...groups].map(([key, items]) => ({ key, items }));
});

const range: HelperRun = ([from, to, step], rendering) => {
  const [start, end, by] = [valueToNumber(from), valueToNumber(to), valueToNumber(step ?? 1)];
  if (start === null || end === null || by === null || by === 0) return [];
  const length = Math.max(Math.floor((end - start) / by) + 1, 0);
  rendering.makesList(length);
  return Array.from({ length }, (_, i) => start + i * by);
};

const joined = (list: unknown[], between: string, rendering: Rendering): string => {
  const texts = list.map(valueToText);
  rendering.makesText(
    texts.reduce((sum, text) => sum + text.length + between.length, -between.length) +
      (list.length === 0 ? between.length : 0),
  );
  return texts.join(between);
};

/** `a, b and c` as the language writes it. */
const spoken =
  (type: 'conjunction' | 'disjunction'): HelperRun =>
  ([value, language], rendering) => {
    const texts = listOf(value).map(valueToText);
    const tongue = language === undefined ? rendering.language : languageOf(valueToText(language));
    const links = 16 * texts.length; // characters; the longest words for "and" and their commas are shorter
    rendering.makesText(texts.reduce((sum, text) => sum + text.length, links));
    return listFormat(tongue, type).format(texts);
  };

const scope = {
  items: ['tea', 'milk', 'tea'],
  numbers: [10, 9, 1],
  people: [
    { name: 'Bea', city: 'Rome', age: 31 },
    { name: 'Caio', city: 'Lisbon', age: 17 },
    { name: 'Ana', city: 'Rome', age: 24 },
  ],
};

export const listHelpers = helperGroup('lists', {
  list: {
    takes: '...values: value',
    gives: 'list',
    does: 'A list of the values.',
    example: ['{{list 1 "two"}}', [1, 'two']],
    run: (values) => values.map((value) => value ?? null),
  },
  length: {
    takes: 'value: text or list',
    gives: 'number',
    does: 'How many items a list has, or characters a text.',
    example: ['{{length items}}', 3, scope],
    run: ([value]) => (Array.isArray(value) ? value.length : [...valueToText(value)].length),
  },
  first: {
    takes: 'list: list',
    gives: 'value',
    does: 'The first item.',
    example: ['{{first items}}', 'tea', scope],
    run: onList((list) => list[0]),
  },
  last: {
    takes: 'list: list',
    gives: 'value',
    does: 'The last item.',
    example: ['{{last items}}', 'tea', scope],
    run: onList((list) => list.at(-1)),
  },
  at: {
    takes: 'list: list, place: number',
    gives: 'value',
    does: 'The item at a place, counted from 0; below 0 from the end.',
    example: ['{{at items -2}}', 'milk', scope],
    run: onList((list, [, place]) => (Number.isNaN(placeOf(place)) ? null : list.at(placeOf(place)))),
  },
  take: {
    takes: 'list: list, count: number',
    gives: 'list',
    does: 'The first items, so many.',
    example: ['{{take items 2}}', ['tea', 'milk'], scope],
    run: toList((list, [, count]) => list.slice(0, howMany(count, 0))),
  },
  skip: {
    takes: 'list: list, count: number',
    gives: 'list',
    does: 'The items behind the first ones.',
    example: ['{{skip items 2}}', ['tea'], scope],
    run: toList((list, [, count]) => list.slice(howMany(count, 0))),
  },
  index: {
    takes: 'list: list, wanted: value',
    gives: 'number',
    does: 'The place of a value, counted from 0; empty where it is not there.',
    example: ['{{index items "Milk"}}', 1, scope],
    run: onList((list, [, wanted], rendering) => {
      rendering.step(Math.ceil(list.length / COMPARES_A_STEP));
      const found = list.findIndex(sameAs(wanted));
      return found < 0 ? null : found;
    }),
  },
  sort: {
    takes: 'list: list; descending?: yes or no',
    gives: 'list',
    does: 'The items in order: numbers by size, then texts without minding case and accents.',
    example: ['{{sort numbers}}', [1, 9, 10], scope],
    run: toList((list, [, descending], rendering) => sorted(list, undefined, descending, rendering)),
  },
  sortBy: {
    takes: 'list: list, path: text; descending?: yes or no',
    gives: 'list',
    does: 'The items in the order of one of their fields.',
    example: ['{{join (map (sortBy people "age" descending=true) "name")}}', 'Bea, Ana, Caio', scope],
    run: toList((list, [, path, descending], rendering) => sorted(list, path, descending, rendering)),
  },
  unique: {
    takes: 'list: list, path?: text',
    gives: 'list',
    does: 'Each item once, or the first of each value of a field.',
    example: ['{{unique items}}', ['tea', 'milk'], scope],
    run: unique,
  },
  filterBy: {
    takes: 'list: list, path: text, value?: value, operator?: text',
    gives: 'list',
    does: 'The items whose field equals the value, or holds something where no value is given; operators are those of conditions.',
    example: ['{{join (map (filterBy people "age" 18 "greaterOrEqual") "name")}}', 'Bea, Ana', scope],
    run: filterBy,
  },
  map: {
    takes: 'list: list, path: text',
    gives: 'list',
    does: 'One field of every item.',
    example: ['{{map people "name"}}', ['Bea', 'Caio', 'Ana'], scope],
    run: toList((list, [, path]) => list.map(fieldOf(path)).map((value) => value ?? null)),
  },
  groupBy: {
    takes: 'list: list, path: text',
    gives: 'list',
    does: 'A list of {key, items}: the items that have one value of a field together.',
    example: ['{{#each (groupBy people "city")}}{{key}}: {{length items}} {{/each}}', 'Rome: 2 Lisbon: 1 ', scope],
    run: groupBy,
  },
  count: {
    takes: 'list: list, wanted?: value',
    gives: 'number',
    does: 'How many items there are, or how many of one value.',
    example: ['{{count items "tea"}}', 2, scope],
    run: onList((list, [, wanted], rendering) => {
      if (wanted === undefined) return list.length;
      rendering.step(Math.ceil(list.length / COMPARES_A_STEP));
      return list.filter(sameAs(wanted)).length;
    }),
  },
  concat: {
    takes: '...values: value',
    gives: 'list',
    does: 'One list of several; a value that is no list becomes an item.',
    example: ['{{concat numbers 4}}', [10, 9, 1, 4], scope],
    run: (values, rendering) => {
      rendering.makesList(values.reduce<number>((sum, value) => sum + listOf(value).length, 0));
      return values.flatMap(listOf);
    },
  },
  range: {
    takes: 'from: number, to: number, step?: number',
    gives: 'list',
    does: 'The numbers from one to another, both among them.',
    example: ['{{range 1 5 2}}', [1, 3, 5]],
    run: range,
  },
  join: {
    takes: 'list: list, between?: text',
    gives: 'text',
    does: 'The items with a text between them, a comma unless told.',
    example: ['{{join items " + "}}', 'tea + milk + tea', scope],
    run: onList((list, [, between], rendering) =>
      joined(list, between === undefined ? ', ' : valueToText(between), rendering),
    ),
  },
  joinAnd: {
    takes: 'list: list, language?: text',
    gives: 'text',
    does: "The items with commas and the language's word for and.",
    example: ['{{joinAnd (unique items)}}', 'tea and milk', scope],
    run: spoken('conjunction'),
  },
  joinOr: {
    takes: 'list: list, language?: text',
    gives: 'text',
    does: "The items with commas and the language's word for or.",
    example: ['{{joinOr (unique items) "pt"}}', 'tea ou milk', scope],
    run: spoken('disjunction'),
  },
});
