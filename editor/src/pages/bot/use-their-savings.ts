import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { readChanges, type SavedChange } from '../../api/versions.ts';
import type { Change } from '../../document/changes.ts';
import { useNodeName } from '../../document/node-name.ts';
import { useFormats } from '../../ui/formats.ts';

/** A change in the person's language, with the step by its name. */
export function useChangeWords(): (change: Change) => string {
  const { t } = useTranslation('bot');
  const nameOf = useNodeName();
  return ({ what, node }) => t(`changes.${what}`, { name: node ? nameOf(node) : '' });
}

/** Who saved after a revision, and what; null until the server has told. */
export function useTheirSavings(id: string, revision: number): { authors: string | null; changes: Change[] } | null {
  const { list } = useFormats();
  const { data } = useQuery({
    queryKey: ['flow', id, 'savings', revision],
    queryFn: () => readChanges(id),
    select: (all) => all.filter((one) => one.revision > revision),
    gcTime: 0,
  });
  if (!data) return null;
  const names = [...new Set(data.flatMap(({ author }) => author ?? []))];
  const changes = data.toReversed().flatMap(({ places }) => places.map(changeOf));
  return {
    authors: names.length > 0 ? list(names) : null,
    changes: [...new Map(changes.map((one) => [`${one.what} ${one.node?.id}`, one])).values()],
  };
}

const changeOf = ({ what, node, label, type = '' }: SavedChange['places'][number]): Change => ({
  what,
  ...(node !== undefined && { node: { id: node, type, label, config: {} } }),
});
