import { isObject } from '@parley/runtime';
import { useTranslation } from 'react-i18next';
import { FieldFrame } from '../form/FieldFrame.tsx';
import { useForm, useValue } from '../form/form-context.ts';
import { Chips } from './Chips.tsx';
import type { FieldProps } from './field-props.ts';

/** Days on which it is closed; `12-25 Christmas` keeps the name beside the day. */
export function Holidays(props: FieldProps) {
  const { t } = useTranslation('inspector');
  const { change, settle, isReadOnly } = useForm();
  const value = useValue(props.path);
  const days: unknown[] = Array.isArray(value) ? value : [];
  const textOf = (day: unknown) => (isObject(day) ? `${String(day.date)} ${String(day.name)}` : String(day));
  return (
    <FieldFrame {...props} isWhole>
      {(control) => (
        <Chips
          control={control}
          names={days.map(textOf)}
          placeholder="2026-12-25"
          removeLabel={(name) => t('names.remove', { name })}
          isReadOnly={isReadOnly}
          onNames={(next) => {
            change(props.path, next.length === 0 ? undefined : next.map(dayOf));
            settle();
          }}
        />
      )}
    </FieldFrame>
  );
}

function dayOf(text: string): unknown {
  const [, date, name] = /^((?:\d{4}-)?\d{2}-\d{2})\s+(.+)$/.exec(text) ?? [];
  return date && name ? { date, name } : text;
}
