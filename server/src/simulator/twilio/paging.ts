import { TwilioError } from './errors.ts';

export interface PageQuery {
  PageSize?: string;
  Page?: string;
  PageToken?: string;
}

const SIZE = 50; // Twilio's own default
const MOST = 1_000;

/** A part of a list, and the queries of this part, the first and the next. Pages begin at 0. */
export function pageOf<Item>(items: Item[], query: PageQuery) {
  const size = numberIn('PageSize', query.PageSize ?? String(SIZE), 1, MOST);
  const page = numberIn('Page', query.Page ?? '0', 0, Number.MAX_SAFE_INTEGER);
  const shown = items.slice(page * size, (page + 1) * size);
  const queryOf = (at: number) => {
    const { PageToken: _token, ...rest } = query as Record<string, string>;
    const search = new URLSearchParams({ ...rest, PageSize: String(size), Page: String(at) });
    if (at > 0) search.set('PageToken', `PA${at}`);
    return search.toString();
  };
  return {
    shown,
    size,
    page,
    start: page * size,
    self: queryOf(page),
    first: queryOf(0),
    previous: page > 0 ? queryOf(page - 1) : null,
    next: (page + 1) * size < items.length ? queryOf(page + 1) : null,
  };
}

/** The list of a `2010-04-01` resource: addresses are paths. */
export function oldList<Item>(path: string, key: string, items: Item[], query: PageQuery) {
  const { shown, size, page, start, self, first, previous, next } = pageOf(items, query);
  return {
    first_page_uri: `${path}?${first}`,
    end: Math.max(start, start + shown.length - 1),
    previous_page_uri: previous && `${path}?${previous}`,
    [key]: shown,
    uri: `${path}?${self}`,
    page_size: size,
    start,
    next_page_uri: next && `${path}?${next}`,
    page,
  };
}

/** The list of a newer resource: whole addresses in `meta`. */
export function newList<Item>(address: string, key: string, items: Item[], query: PageQuery) {
  const { shown, size, page, self, first, previous, next } = pageOf(items, query);
  return {
    [key]: shown,
    meta: {
      page,
      page_size: size,
      first_page_url: `${address}?${first}`,
      previous_page_url: previous && `${address}?${previous}`,
      url: `${address}?${self}`,
      next_page_url: next && `${address}?${next}`,
      key,
    },
  };
}

function numberIn(name: string, given: string, least: number, most: number): number {
  const number = Number(given);
  if (!Number.isInteger(number) || number < least || number > most)
    throw new TwilioError(20001, `${name} has to be a whole number from ${least} to ${most}.`);
  return number;
}
