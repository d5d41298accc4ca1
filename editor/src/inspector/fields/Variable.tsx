import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { FieldFrame } from '../form/FieldFrame.tsx';
import { useForm, useValue } from '../form/form-context.ts';
import { asText } from './as-text.ts';
import type { FieldProps } from './field-props.ts';

/** The name of a variable that the node sets; blanks become `_`, known names are offered. */
export function Variable(props: FieldProps) {
  const { field, path } = props;
  const { t } = useTranslation('inspector');
  const { change, settle, known, isReadOnly } = useForm();
  const value = useValue(path);
  return (
    <FieldFrame {...props}>
      {(control) => (
        <>
          <TextInput
            {...control}
            dir="ltr"
            spellCheck={false}
            autoCapitalize="off"
            autoComplete="off"
            list={`${control.id}-known`}
            readOnly={isReadOnly}
            value={asText(value)}
            placeholder={asText(field.fallback) || t('variable.placeholder')}
            onChange={(event) => {
              const name = event.currentTarget.value.replace(/[{}]/g, '').replace(/\s/g, '_');
              change(path, name === '' && !field.isRequired ? undefined : name);
            }}
            onBlur={settle}
          />
          <datalist id={`${control.id}-known`}>
            {known
              .filter(({ from }) => from === 'flow' || from === 'node')
              .map(({ name }) => (
                <option key={name} value={name} />
              ))}
          </datalist>
        </>
      )}
    </FieldFrame>
  );
}
