import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useSelector } from '@xstate/store-react';
import { useTranslation } from 'react-i18next';
import { searchBots } from '../api/search.ts';
import { commands } from '../ui/commands.ts';
import { errorWords } from '../ui/error-words.ts';
import { findByName } from '../ui/find-by-name.ts';
import { goTo } from '../ui/use-address.ts';

/** One line of the palette. */
export interface Entry {
  id: string;
  title: string;
  group: string;
  shortcuts: readonly string[];
  /** True where the title is somebody's own word, such as a bot's name. */
  isData: boolean;
  run: () => void;
}

export interface EntryGroup {
  title: string;
  entries: readonly Entry[];
}

/** Everything that the query finds: what the page offers, then the bots of that name. */
export function usePaletteEntries(query: string, asked: string) {
  const { t } = useTranslation('app');
  const sets = useSelector(commands, (state) => state.context.sets);
  const bots = useQuery({
    queryKey: ['flows', 'palette', asked.trim()],
    queryFn: () => searchBots(asked.trim()),
    placeholderData: keepPreviousData,
  });
  const offered = sets
    .flatMap((set) => set.commands)
    .filter((command) => !command.isHidden && !command.isDisabled && command.id !== 'shell.palette')
    .map(({ id, title, group, shortcuts = [], run }): Entry => ({ id, title, group, shortcuts, isData: false, run }));
  const named = (bots.data ?? []).map(
    ({ id, name }): Entry => ({
      id: `bot.${id}`,
      title: name,
      group: t('palette.bots'),
      shortcuts: [],
      isData: true,
      run: () => goTo(`/bots/${encodeURIComponent(id)}`),
    }),
  );
  // What belongs to the page first, then where one can go, and last what is the same everywhere
  const rank = ({ group }: Entry) => [t('palette.pages'), t('palette.bots'), t('palette.general')].indexOf(group);
  const found = [
    ...findByName(offered, query, ({ title, group }) => `${title} ${group}`),
    ...findByName(named, query, ({ title }) => title),
  ].sort((a, b) => rank(a) - rank(b));
  return {
    groups: grouped(found),
    isSearching: bots.isFetching || query !== asked,
    trouble: bots.error ? t('palette.botsFailed', { reason: errorWords(bots.error) }) : null,
  };
}

/** In the order of their first entries. */
function grouped(entries: readonly Entry[]): EntryGroup[] {
  const titles = [...new Set(entries.map(({ group }) => group))];
  return titles.map((title) => ({ title, entries: entries.filter(({ group }) => group === title) }));
}
