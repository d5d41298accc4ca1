import { Button, Text, TextInput } from '@mantine/core';
import { nodeTypes } from '@parley/nodes';
import { isReservedName, VariableName, variablesSetBy } from '@parley/runtime';
import { type FormEvent, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { renameVariable } from '../document/rename-variable.ts';
import { useFlow, useOpenFlow } from '../document/use-document.ts';
import { say } from '../ui/notices.ts';
import classes from './find.module.css';
import { useUndoing } from './use-undoing.ts';

/** Where what is searched for is a variable: gives it another name everywhere. */
export function RenameVariable({ name }: { name: string }) {
  const { t } = useTranslation('find');
  const { document } = useOpenFlow();
  const flow = useFlow((whole) => whole);
  const names = useMemo(
    () =>
      new Set([
        ...flow.variables.map((one) => one.name),
        ...flow.nodes.flatMap((node) => variablesSetBy(node, nodeTypes)),
      ]),
    [flow],
  );
  const [to, setTo] = useState('');
  const undoing = useUndoing();
  if (!names.has(name)) return null;

  const isBad = to !== '' && (!VariableName.safeParse(to).success || isReservedName(to));
  const isTaken = to !== name && names.has(to);
  const trouble = isBad ? t('badName') : isTaken ? t('takenName', { name: to }) : null;
  const { edits, places, inCode } = renameVariable(flow, name, to || name, nodeTypes);
  const rename = (event: FormEvent) => {
    event.preventDefault();
    if (to === '' || trouble !== null || document.apply(edits, 'rename')) return;
    say(t('renamed', { count: places }), { action: undoing() });
  };
  return (
    <form className={classes.rename} onSubmit={rename}>
      <TextInput
        label={t('renameVariable', { name })}
        description={t('renameHint')}
        value={to}
        onChange={(event) => setTo(event.currentTarget.value)}
        error={trouble}
        dir="ltr"
      />
      {inCode.length > 0 && <Text size="xs">{t('inCode', { count: inCode.length })}</Text>}
      <Button type="submit" variant="default" disabled={to === '' || to === name || trouble !== null}>
        {t('rename')}
      </Button>
    </form>
  );
}
