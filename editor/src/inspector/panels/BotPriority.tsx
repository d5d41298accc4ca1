import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './panels.module.css';

const MOST = 1000;

interface BotPriorityProps {
  value: number;
  isReadOnly: boolean;
  onPriority: (value: number) => void;
}

/** Which bot wins where two claim the same message; what is no whole number yet waits in the field. */
export function BotPriority({ value, isReadOnly, onPriority }: BotPriorityProps) {
  const { t } = useTranslation('inspector');
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? String(value);
  const isFine = /^-?\d{1,4}$/.test(text) && Math.abs(Number(text)) <= MOST;
  return (
    <TextInput
      label={t('bot.priority')}
      description={t('bot.priorityHint')}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      inputMode="numeric"
      className={classes.short}
      dir="ltr"
      readOnly={isReadOnly}
      value={text}
      error={isFine ? undefined : t('bot.priorityWrong', { least: -MOST, most: MOST })}
      onChange={(event) => {
        const next = event.currentTarget.value.trim();
        const isNumber = /^-?\d{1,4}$/.test(next) && Math.abs(Number(next)) <= MOST;
        setTyped(next);
        if (isNumber) onPriority(Number(next));
      }}
      onBlur={() => isFine && setTyped(null)}
    />
  );
}
