import { NativeSelect } from '@mantine/core';
import { isObject } from '@parley/runtime';
import { useTranslation } from 'react-i18next';
import { VARIANT_LABELS } from '../../ui/node-types/labels.ts';
import { useNodeWords } from '../../ui/node-words.ts';
import { FieldFrame } from '../form/FieldFrame.tsx';
import { useForm, useValue } from '../form/form-context.ts';
import { FieldInput } from './FieldInput.tsx';
import type { FieldProps } from './field-props.ts';
import { newItem } from './List.tsx';
import { moved } from './moved.ts';
import { SortableRows } from './SortableRows.tsx';

/** Steps one after the other, each of a sort of its own: filter, then sort, then count. */
export function Variants(props: FieldProps) {
  const { field, path } = props;
  const { t } = useTranslation('inspector');
  const words = useNodeWords();
  const { change, settle, isReadOnly } = useForm();
  const value = useValue(path);
  const steps: unknown[] = Array.isArray(value) ? value : [];
  const tag = field.tag ?? '';
  const sortOf = (step: unknown) => (isObject(step) ? String(step[tag] ?? '') : '');
  const nameOf = (sort: string) => words(VARIANT_LABELS[sort] ?? sort);
  const fieldsOf = (sort: string) => field.variants.find((one) => one.value === sort)?.fields ?? [];
  const set = (next: unknown[]) => {
    settle();
    change(path, next);
    settle();
  };
  const fresh = (sort: string) => ({
    [tag]: sort,
    ...(newItem({ ...field, input: 'object', fields: fieldsOf(sort) }, []) as object),
  });
  const options = field.variants.map((one) => ({ value: one.value, label: nameOf(one.value) }));
  return (
    <FieldFrame {...props} isGroup>
      {() => (
        <>
          <SortableRows
            id={path.join('/')}
            names={steps.map((step, index) => `${index + 1}. ${nameOf(sortOf(step))}`)}
            onMove={(from, to) => set(moved(steps, from, to))}
            onRemove={(index) => set(steps.filter((_, at) => at !== index))}
          >
            {(index) => (
              <>
                <NativeSelect
                  aria-label={t('variants.step', { number: index + 1 })}
                  data={options}
                  value={sortOf(steps[index])}
                  disabled={isReadOnly}
                  onChange={(event) => {
                    const sort = event.currentTarget.value;
                    set(steps.map((step, at) => (at === index ? fresh(sort) : step)));
                  }}
                />
                {fieldsOf(sortOf(steps[index])).map((one) => (
                  <FieldInput key={one.key} field={one} path={[...path, index, one.key]} />
                ))}
              </>
            )}
          </SortableRows>
          {isReadOnly ? null : (
            <NativeSelect
              aria-label={t('variants.add')}
              data={[{ value: '', label: t('variants.add') }, ...options]}
              value=""
              onChange={(event) => event.currentTarget.value && set([...steps, fresh(event.currentTarget.value)])}
            />
          )}
        </>
      )}
    </FieldFrame>
  );
}
