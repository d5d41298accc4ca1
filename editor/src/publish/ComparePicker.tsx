import { Button, NativeSelect } from '@mantine/core';
import { IconGitCompare } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { VersionSummary } from '../api/versions.ts';
import type { Side } from '../document/workbench.ts';
import { useSideName } from './use-side-name.ts';
import { useSideFlow } from './use-versions.ts';
import { useViewing } from './use-viewing.ts';
import classes from './versions.module.css';

/** Any two beside each other, the draft among them. */
export function ComparePicker({ versions }: { versions: readonly VersionSummary[] }) {
  const { t } = useTranslation('publish');
  const nameOf = useSideName();
  const { compare } = useViewing();
  const [from, setFrom] = useState<Side>(versions[1]?.version ?? 1);
  const [to, setTo] = useState<Side>(versions[0]?.version ?? 'draft');
  const [before, after] = [useSideFlow(from), useSideFlow(to)];
  const sides: Side[] = ['draft', ...versions.map(({ version }) => version)];
  const options = sides.map((side) => {
    const name = versions.find(({ version }) => version === side)?.name;
    return { value: String(side), label: name ? `${nameOf(side)}: ${name}` : nameOf(side) };
  });
  const sideIn = (value: string): Side => (value === 'draft' ? 'draft' : Number(value));
  return (
    <fieldset className={classes.compare}>
      <legend>{t('compare.title')}</legend>
      <NativeSelect
        size="sm"
        aria-label={t('compare.from')}
        data={options}
        value={String(from)}
        onChange={(event) => setFrom(sideIn(event.currentTarget.value))}
      />
      <NativeSelect
        size="sm"
        aria-label={t('compare.to')}
        data={options}
        value={String(to)}
        onChange={(event) => setTo(sideIn(event.currentTarget.value))}
      />
      <Button
        size="sm"
        variant="default"
        leftSection={<IconGitCompare size={16} aria-hidden="true" />}
        disabled={!before || !after || from === to}
        onClick={() => before && after && compare(from, before, to, after)}
      >
        {t('compare.go')}
      </Button>
    </fieldset>
  );
}
