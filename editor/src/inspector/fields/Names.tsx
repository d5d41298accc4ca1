import { useTranslation } from 'react-i18next';
import { FieldFrame } from '../form/FieldFrame.tsx';
import { useForm, useValue } from '../form/form-context.ts';
import { Chips } from './Chips.tsx';
import type { FieldProps } from './field-props.ts';

/** A list of short texts: words, tags, numbers. A lone variable that is a list may stand in its place. */
export function Names(props: FieldProps) {
  const { field, path } = props;
  const { t } = useTranslation('inspector');
  const { change, settle, isReadOnly } = useForm();
  const value = useValue(path);
  const names = Array.isArray(value) ? value.map(String) : typeof value === 'string' ? [value] : [];
  const set = (next: string[]) => {
    const [only = ''] = next;
    const isVariable = field.item === null && next.length === 1 && only.startsWith('{{');
    change(path, next.length === 0 && !field.isRequired ? undefined : isVariable ? only : next);
    settle();
  };
  return (
    <FieldFrame {...props} isWhole>
      {(control) => (
        <Chips
          control={control}
          names={names}
          most={field.most}
          placeholder={field.placeholder ?? t('names.add')}
          removeLabel={(name) => t('names.remove', { name })}
          isReadOnly={isReadOnly}
          onNames={set}
        />
      )}
    </FieldFrame>
  );
}
