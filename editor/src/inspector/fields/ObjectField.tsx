import { FieldFrame } from '../form/FieldFrame.tsx';
import formClasses from '../form/form.module.css';
import { FieldInput } from './FieldInput.tsx';
import type { FieldProps } from './field-props.ts';

/** Several fields under one name. */
export function ObjectField(props: FieldProps) {
  return (
    <FieldFrame {...props} isGroup>
      {() => (
        <div className={formClasses.nested}>
          {props.field.fields.map((field) => (
            <FieldInput key={field.key} field={field} path={[...props.path, field.key]} />
          ))}
        </div>
      )}
    </FieldFrame>
  );
}
