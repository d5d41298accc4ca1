import { isObject, type Json, LIMITS, ListRow, ListSection, limitedText, valueToText } from '@parley/runtime';
import { z } from 'zod';
import { uniqueChoices } from '../unique-choices.ts';

/** The port of all rows that come from data: how many there are and which is known only when the list is shown. */
export const CHOSEN = 'chosen';

export const Section = ListSection.extend({
  title: limitedText(LIMITS.listSectionTitle, 0).optional(),
  rows: z
    .array(
      ListRow.extend({
        title: limitedText(LIMITS.listRowTitle),
        description: limitedText(LIMITS.listRowDescription, 0).optional(),
      }),
    )
    .min(1)
    .max(LIMITS.listRows),
});
export type Section = z.output<typeof Section>;
export type Row = Section['rows'][number];

export const rowsIn = (sections: readonly Section[]): Row[] => sections.flatMap((section) => section.rows);

interface Rows {
  sections: Section[];
  rowsFrom?: string;
}

/** Meta: at most 10 rows over all sections; a section needs a title as soon as there are two. */
export function rowsFit({ sections, rowsFrom }: Rows, ctx: z.core.$RefinementCtx<unknown>): void {
  const issue = (path: PropertyKey[], message: string, params = {}) =>
    ctx.addIssue({ code: 'custom', path, message, params });
  if (sections.length === 0 && rowsFrom === undefined)
    issue(['sections'], 'Add a section with at least one row, or take the rows from data (rowsFrom).');
  if (rowsFrom !== undefined && !rowsFrom.includes('{{'))
    issue(['rowsFrom'], 'Write where the rows come from as a template, such as {{slots}}.');
  if (rowsIn(sections).length > LIMITS.listRows)
    issue(['sections'], `Keep at most ${LIMITS.listRows} rows in all sections together.`, {
      says: 'rows',
      limit: LIMITS.listRows,
    });
  sections.forEach((section, index) => {
    if (sections.length > 1 && !section.title)
      issue(['sections', index, 'title'], 'Give each section a title when there is more than one.');
    const before = rowsIn(sections.slice(0, index));
    uniqueChoices(section.rows, ['sections', index, 'rows'], ctx);
    section.rows.forEach(({ id }, at) => {
      const path = ['sections', index, 'rows', at, 'id'];
      if (before.some((one) => one.id === id))
        issue(path, `Two rows have the id ${id}. Give each its own.`, { says: 'same_id', id });
      if (rowsFrom !== undefined && id === CHOSEN)
        issue(path, `"${CHOSEN}" is the port of the rows from data; choose another id.`, {
          says: 'reserved_id',
          id: CHOSEN,
        });
    });
  });
}

/**
 * The rows of a list that was given as data: `{ id, title, description? }` each, or a plain text that is both. Throws words
 * for the author where it is no such list.
 */
export function rowsOf(given: Json | undefined): Row[] {
  if (given === undefined || given === null || given === '') return [];
  if (!Array.isArray(given)) throw new Error(`rowsFrom needs a list, but got ${shortly(given)}.`);
  return given.map(rowOf);
}

function rowOf(item: Json, index: number): Row {
  if (typeof item === 'string' || typeof item === 'number')
    return checked({ id: String(item), title: String(item) }, index);
  if (!isObject(item))
    throw new Error(`Row ${index + 1} of rowsFrom is ${shortly(item)}. Give each row an id and a title.`);
  const description = valueToText(item.description).trim();
  const row = { id: valueToText(item.id), title: valueToText(item.title) };
  return checked(description === '' ? row : { ...row, description }, index);
}

const shortly = (value: Json): string => JSON.stringify(value).slice(0, 60);

const MOST = { id: LIMITS.listRowId, title: LIMITS.listRowTitle, description: LIMITS.listRowDescription } as const;

function checked(row: Row, index: number): Row {
  for (const field of ['id', 'title', 'description'] as const) {
    const text = row[field];
    if (text === undefined) continue;
    if (text.trim() === '')
      throw new Error(`Row ${index + 1} of rowsFrom has no ${field}. Give each an id and a title.`);
    if (text.length > MOST[field])
      throw new Error(
        `The ${field} of row ${index + 1} of rowsFrom has ${text.length} characters: "${text.slice(0, 40)}". Keep it to ${MOST[field]}.`,
      );
  }
  return row;
}

/**
 * The sections as they are shown: rows from data stand first, in the first section. Throws words for the author where
 * there are none at all, more than WhatsApp shows, or two of one id.
 */
export function sectionsWith(rows: readonly Row[], sections: readonly Section[]): Section[] {
  const all = [...rows, ...rowsIn(sections)];
  if (all.length === 0)
    throw new Error('rowsFrom gave no rows. Ask only when there are some, or add a row of your own.');
  if (all.length > LIMITS.listRows)
    throw new Error(
      `The list has ${all.length} rows with those of rowsFrom; WhatsApp shows ${LIMITS.listRows}. Take fewer of them with data.transform first.`,
    );
  const ids = new Set<string>();
  for (const { id } of all) {
    if (ids.has(id)) throw new Error(`Two rows have the id ${id.slice(0, 40)}. Give each its own.`);
    ids.add(id);
  }
  const [first, ...others] = sections;
  return [{ ...first, rows: [...rows, ...(first?.rows ?? [])] }, ...others];
}
