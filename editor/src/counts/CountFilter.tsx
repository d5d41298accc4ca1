import { NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { listVersions } from '../api/versions.ts';
import classes from './counts.module.css';
import { RANGES, rangeOf } from './range.ts';
import type { Wanted } from './use-counts.ts';
import { useFlowId } from './use-flow-id.ts';

interface CountFilterProps {
  wanted: Wanted;
  onWanted: (wanted: Wanted) => void;
}

/** Which time and which version the numbers are of. */
export function CountFilter({ wanted, onWanted }: CountFilterProps) {
  const { t } = useTranslation('counts');
  const { range, own, version } = wanted;
  const flow = useFlowId();
  const versions = useQuery({ queryKey: ['counts', flow, 'versions'], queryFn: () => listVersions(flow, null) });
  const [newest, ...older] = versions.data?.items ?? [];
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
          ...(newest ? [{ value: String(newest.version), label: t('version.live', { number: newest.version }) }] : []),
          ...older.map((one) => ({ value: String(one.version), label: t('version.one', { number: one.version }) })),
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
