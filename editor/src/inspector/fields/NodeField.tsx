import { FieldFrame } from '../form/FieldFrame.tsx';
import { useForm, useValue } from '../form/form-context.ts';
import { asText } from './as-text.ts';
import type { FieldProps } from './field-props.ts';
import { NodeSelect } from './NodeSelect.tsx';

/** Another node of the flow. */
export function NodeField(props: FieldProps) {
  const { change, settle, isReadOnly } = useForm();
  const value = asText(useValue(props.path));
  return (
    <FieldFrame {...props}>
      {(control) => (
        <NodeSelect
          control={control}
          value={value}
          isReadOnly={isReadOnly}
          onNode={(id) => {
            change(props.path, id === '' && !props.field.isRequired ? undefined : id);
            settle();
          }}
        />
      )}
    </FieldFrame>
  );
}
