import type { Field } from '../form/field.ts';
import type { Path } from '../form/paths.ts';

/** What every input is given; the value stands at the path, in the form's values. */
export interface FieldProps {
  field: Field;
  path: Path;
  /** In the person's language; a list says which of its items. */
  label: string;
}
