import { FieldFrame } from '../form/FieldFrame.tsx';
import { useForm, useValue } from '../form/form-context.ts';
import { CodeArea } from '../monaco/CodeArea.tsx';
import { asText } from './as-text.ts';
import type { FieldProps } from './field-props.ts';

/** JavaScript, the body of a function. */
export function Code(props: FieldProps) {
  const { change, settle, isReadOnly } = useForm();
  const value = asText(useValue(props.path));
  return (
    <FieldFrame {...props} isGroup>
      {(control) => (
        <CodeArea
          label={props.label}
          language="javascript"
          value={value}
          isReadOnly={isReadOnly}
          describedBy={control['aria-describedby']}
          onChange={(text) => change(props.path, text)}
          onBlur={settle}
        />
      )}
    </FieldFrame>
  );
}
