import { isObject } from '@parley/runtime';
import { useTranslation } from 'react-i18next';
import { FieldFrame } from '../form/FieldFrame.tsx';
import { useForm, useValue } from '../form/form-context.ts';
import { asText } from './as-text.ts';
import type { FieldProps } from './field-props.ts';
import { RecordRows } from './RecordRows.tsx';

interface RecordFieldProps extends FieldProps {
  nameLabel: string;
  addLabel: string;
  /** Names may hold anything (HTTP headers); variables' names hold no blanks. */
  isFree?: boolean;
  /** As it is kept, of what was typed. */
  read: (text: string) => unknown;
}

/** Names with a value each. */
export function RecordField({ nameLabel, addLabel, isFree = false, read, ...props }: RecordFieldProps) {
  const { field, path } = props;
  const { t } = useTranslation('inspector');
  const { change } = useForm();
  const value = useValue(path);
  return (
    <FieldFrame {...props} isGroup isWhole>
      {() => (
        <RecordRows
          path={path}
          isFree={isFree}
          entries={Object.entries(isObject(value) ? value : {})}
          textOf={asText}
          readValue={read}
          nameLabel={nameLabel}
          valueLabel={t('record.value')}
          addLabel={addLabel}
          onEntries={(next) =>
            change(path, next.length === 0 && !field.isRequired ? undefined : Object.fromEntries(next))
          }
        />
      )}
    </FieldFrame>
  );
}
