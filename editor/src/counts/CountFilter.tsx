import { NativeSelect, TextInput } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useBotState, useVersions } from '../document/use-live.ts';
import classes from './counts.module.css';
import { RANGES, rangeOf } from './range.ts';
import type { Wanted } from './use-counts.ts';

interface CountFilterProps {
  wanted: Wanted;
  onWanted: (wanted: Wanted) => void;
}

/** Which time and which version the numbers are of. */
export function CountFilter({ wanted, onWanted }: CountFilterProps) {
  const { t } = useTranslation('counts');
  const { range, own, version } = wanted;
  const versions = useManyVersions();
  const { data: bot } = useBotState();
  const live = bot?.status === 'active' ? bot.published?.version : undefined;
  const isWrong = rangeOf(range, own, new Date()) === null;
  return (
    <div className={classes.filter}>
      <NativeSelect
        label={t('range.label')}
        value={range}
        onChange={({ currentTarget }) => {
          const chosen = RANGES.find((one) => one === currentTarget.value);
          if (chosen) onWanted({ ...wanted, range: chosen });
        }}
        data={RANGES.map((one) => ({ value: one, label: t(`range.${one}`) }))}
      />
      <NativeSelect
        label={t('version.label')}
        value={version === null ? '' : String(version)}
        onChange={({ currentTarget: { value } }) =>
          onWanted({ ...wanted, version: value === '' ? null : Number(value) })
        }
        data={[
          { value: '', label: t('version.all') },
          ...versions.map((number) => ({
            value: String(number),
            label: t(number === live ? 'version.live' : 'version.one', { number }),
          })),
        ]}
      />
      {range === 'own' && (
        <>
          <TextInput
            type="date"
            label={t('range.from')}
            value={own.from}
            error={isWrong}
            aria-describedby={isWrong ? 'counts-range-wrong' : undefined}
            onChange={({ currentTarget: { value } }) => onWanted({ ...wanted, own: { ...own, from: value } })}
          />
          <TextInput
            type="date"
            label={t('range.to')}
            value={own.to}
            error={isWrong}
            onChange={({ currentTarget: { value } }) => onWanted({ ...wanted, own: { ...own, to: value } })}
          />
        </>
      )}
      {isWrong && (
        <p id="counts-range-wrong" role="alert" className={classes.wrong}>
          {t('range.wrong')}
        </p>
      )}
    </div>
  );
}

const MOST = 100; // versions to choose from; the API tells ten at a time

/** The newest first. */
function useManyVersions(): number[] {
  const { data, hasNextPage, isFetching, fetchNextPage } = useVersions();
  const versions = (data?.pages ?? []).flatMap(({ items }) => items.map(({ version }) => version));
  const goesOn = hasNextPage && !isFetching && versions.length < MOST;
  useEffect(() => {
    if (goesOn) void fetchNextPage();
  }, [goesOn, fetchNextPage]);
  return versions;
}
