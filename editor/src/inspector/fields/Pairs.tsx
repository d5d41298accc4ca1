import { isObject } from '@parley/runtime';
import { useTranslation } from 'react-i18next';
import { FieldFrame } from '../form/FieldFrame.tsx';
import { useForm, useValue } from '../form/form-context.ts';
import { asText } from './as-text.ts';
import type { FieldProps } from './field-props.ts';
import { RecordRows } from './RecordRows.tsx';

/** Names with a text each: headers, a query, a template's parameters. */
export function Pairs(props: FieldProps) {
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
          isFree
          entries={entries}
          textOf={asText}
          readValue={(text) => text}
          nameLabel={t('record.name')}
          valueLabel={t('record.value')}
          addLabel={t('record.add')}
          onEntries={(next) =>
            change(path, next.length === 0 && !field.isRequired ? undefined : Object.fromEntries(next))
          }
        />
      )}
    </FieldFrame>
  );
}
