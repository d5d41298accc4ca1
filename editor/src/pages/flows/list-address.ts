import { addressHistory, useAddressPart } from '../../ui/use-address.ts';

export const SORTS = ['-updatedAt', 'updatedAt', 'name', '-name', '-createdAt', 'createdAt'] as const;
export type Sort = (typeof SORTS)[number];
const STATUSES = ['draft', 'active', 'inactive'] as const;

/** What of the list is shown, as the address says: reloading, going back and sharing a link keep to it. */
export interface ListView {
  q: string;
  tag: string;
  status: (typeof STATUSES)[number] | null;
  problems: boolean;
  sort: Sort;
  /** Counted from one. */
  page: number;
}

export function useListView(): ListView {
  const [q, tag, status, problems] = [
    useAddressPart('q'),
    useAddressPart('tag'),
    useAddressPart('status'),
    useAddressPart('problems'),
  ];
  const [sort, page] = [useAddressPart('sort'), useAddressPart('page')];
  return {
    q: q ?? '',
    tag: tag ?? '',
    status: STATUSES.find((one) => one === status) ?? null,
    problems: problems !== null,
    sort: SORTS.find((one) => one === sort) ?? '-updatedAt',
    page: Math.max(1, Math.trunc(Number(page)) || 1),
  };
}

/** Changes parts of the query and leaves the others; an empty part goes. Typing replaces, so that "back" skips letters. */
export function changeAddress(parts: Record<string, string | null>, how: 'push' | 'replace' = 'replace'): void {
  const query = new URLSearchParams(addressHistory.location.search);
  for (const [name, value] of Object.entries(parts)) {
    if (value) query.set(name, value);
    else query.delete(name);
  }
  const search = query.size > 0 ? `?${query}` : '';
  addressHistory[how](addressHistory.location.pathname + search);
}

/** Narrowing or sorting begins at the first page again. */
export const changeView = (parts: Partial<Record<'q' | 'tag' | 'status' | 'problems' | 'sort', string>>): void =>
  changeAddress({ ...parts, page: null });

export const goToPage = (page: number): void => changeAddress({ page: page > 1 ? String(page) : null }, 'push');

export const clearView = (): void => changeAddress({ q: null, tag: null, status: null, problems: null, page: null });

/** What lies over the list: `new`, `import` or `gallery`. */
export const openOver = (what: 'new' | 'import' | 'gallery'): void =>
  changeAddress({ add: what, example: null }, 'push');
export const closeOver = (): void => changeAddress({ add: null, example: null });

export const pathOfBot = (id: string, panel?: string): string =>
  `/bots/${encodeURIComponent(id)}${panel ? `?panel=${panel}` : ''}`;
