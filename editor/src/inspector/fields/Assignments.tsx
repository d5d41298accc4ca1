import { isObject } from '@parley/runtime';
import { useTranslation } from 'react-i18next';
import { FieldFrame } from '../form/FieldFrame.tsx';
import { useForm, useValue } from '../form/form-context.ts';
import { asText, asValue } from './as-text.ts';
import type { FieldProps } from './field-props.ts';
import { RecordRows } from './RecordRows.tsx';

/** Variables and the value that each gets: a text, a number, a variable, or JSON where it is no text. */
export function Assignments(props: FieldProps) {
  const { field, path } = props;
  const { t } = useTranslation('inspector');
  const { change } = useForm();
  const value = useValue(path);
  const entries = Object.entries(isObject(value) ? value : {});
  return (
    <FieldFrame {...props} isGroup>
      {() => (
        <RecordRows
          path={path}
          entries={entries}
          textOf={asText}
          readValue={valueFrom}
          nameLabel={t('record.variable')}
          valueLabel={t('record.value')}
          addLabel={t('record.addVariable')}
          onEntries={(next) =>
            change(path, next.length === 0 && !field.isRequired ? undefined : Object.fromEntries(next))
          }
        />
      )}
    </FieldFrame>
  );
}

/** `true`, lists and objects are read as JSON; whatever does not read stays the text it is. */
function valueFrom(text: string): unknown {
  if (!/^(\[[\s\S]*\]|\{[^{][\s\S]*\}|true|false|null)$/.test(text.trim())) return asValue(text);
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
