import { FieldFrame } from '../form/FieldFrame.tsx';
import type { FieldProps } from './field-props.ts';
import { JsonInput } from './JsonInput.tsx';
import { useJsonText } from './use-json-text.ts';

/** Any value: JSON, or one lone variable. */
export function Json(props: FieldProps) {
  const json = useJsonText(props);
  return (
    <FieldFrame {...props} isGroup={!json.isLine}>
      {(control) => <JsonInput {...props} json={json} control={control} />}
    </FieldFrame>
  );
}
