import type { FieldProps } from './field-props.ts';
import { Value } from './Value.tsx';

/** `latest`, or the number of a version. */
export function Version(props: FieldProps) {
  return <Value {...props} field={{ ...props.field, placeholder: 'latest' }} />;
}
