import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SearchIcon } from '../../ui/icons.tsx';
import { changeView, type ListView, SORTS } from './list-address.ts';
import classes from './list-controls.module.css';
import { useTagCounts } from './use-bot-list.ts';

const TYPING_PAUSE = 250; // ms
const STATUSES = ['active', 'inactive', 'draft'] as const;

/** Search, filters and order; all of it is kept in the address. */
export function ListControls({ view }: { view: ListView }) {
  const { t } = useTranslation('flows');
  const tags = useTagCounts().data ?? [];
  const known = tags.some(({ tag }) => tag === view.tag) || view.tag === '';
  return (
    <search className={classes.controls} aria-label={t('list')}>
      <SearchField query={view.q} />
      <NativeSelect
        aria-label={t('find.status')}
        value={view.status ?? ''}
        onChange={(event) => changeView({ status: event.currentTarget.value })}
        data={[
          { value: '', label: t('find.anyStatus') },
          ...STATUSES.map((status) => ({ value: status, label: t(`status.${status}`) })),
        ]}
      />
      {(tags.length > 0 || view.tag !== '') && (
        <NativeSelect
          className={classes.tag}
          aria-label={t('find.tag')}
          value={view.tag}
          onChange={(event) => changeView({ tag: event.currentTarget.value })}
          data={[
            { value: '', label: t('find.anyTag') },
            ...(known ? [] : [{ value: view.tag, label: view.tag }]),
            ...tags.map(({ tag, count }) => ({ value: tag, label: t('find.tagCount', { tag, count }) })),
          ]}
        />
      )}
      <NativeSelect
        aria-label={t('find.sort')}
        value={view.sort}
        onChange={(event) => changeView({ sort: event.currentTarget.value })}
        data={SORTS.map((sort) => ({ value: sort, label: t(`find.sorts.${sort}`) }))}
      />
      <Checkbox
        className={classes.problems}
        label={t('find.problems')}
        checked={view.problems}
        onChange={(event) => changeView({ problems: event.currentTarget.checked ? 'true' : '' })}
      />
    </search>
  );
}

/** Typed letters stand here at once and in the address a moment later. */
function SearchField({ query }: { query: string }) {
  const { t } = useTranslation('flows');
  const [text, setText] = useState(query);
  const search = useDebouncedCallback((q: string) => changeView({ q }), TYPING_PAUSE);
  // "Back" and "clear" change the address under the field
  useEffect(() => setText(query), [query]);
  return (
    <TextInput
      className={classes.search}
      type="search"
      aria-label={t('find.search')}
      placeholder={t('find.search')}
      leftSection={<SearchIcon />}
      value={text}
      maxLength={100}
      onChange={(event) => {
        setText(event.currentTarget.value);
        search(event.currentTarget.value);
      }}
    />
  );
}
