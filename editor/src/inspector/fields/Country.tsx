import { NativeSelect } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldFrame } from '../form/FieldFrame.tsx';
import { useForm, useValue } from '../form/form-context.ts';
import { asText } from './as-text.ts';
import { COUNTRIES } from './countries.ts';
import type { FieldProps } from './field-props.ts';

/** A country by its name in the person's language. */
export function Country(props: FieldProps) {
  const { t, i18n } = useTranslation('inspector');
  const { change, settle, isReadOnly } = useForm();
  const value = asText(useValue(props.path));
  const options = useMemo(() => {
    const names = new Intl.DisplayNames([i18n.language, 'en'], { type: 'region' });
    return COUNTRIES.map((code) => ({ value: code, label: names.of(code) ?? code })).sort((one, other) =>
      one.label.localeCompare(other.label, i18n.language),
    );
  }, [i18n.language]);
  const strange = value !== '' && !COUNTRIES.includes(value) ? [{ value, label: value }] : [];
  return (
    <FieldFrame {...props}>
      {(control) => (
        <NativeSelect
          {...control}
          data={[{ value: '', label: t('choose') }, ...strange, ...options]}
          value={value}
          disabled={isReadOnly}
          onChange={(event) => {
            change(props.path, event.currentTarget.value || undefined);
            settle();
          }}
        />
      )}
    </FieldFrame>
  );
}
