import { NativeSelect, SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useNodeWords } from '../../ui/node-words.ts';
import { FieldFrame } from '../form/FieldFrame.tsx';
import { useForm, useValue } from '../form/form-context.ts';
import { asText } from './as-text.ts';
import type { FieldProps } from './field-props.ts';

const SEGMENTS = 3; // more do not fit side by side
const SEGMENT_LENGTH = 30; // letters of all together

/** One of several values: side by side where they are few and short, else as a list to choose from. */
export function Choice(props: FieldProps) {
  const { field, path } = props;
  const { t } = useTranslation('inspector');
  const words = useNodeWords();
  const { change, settle, isReadOnly } = useForm();
  const value = useValue(path) ?? field.fallback;
  const options = field.options.map((one) => ({ value: one.value, label: words(one.label) }));
  const set = (next: string) => {
    change(path, next === '' ? undefined : next);
    settle();
  };
  const isKnown = options.some((one) => one.value === value);
  const length = options.reduce((sum, one) => sum + one.label.length, 0);
  const isShort = options.length > 1 && options.length <= SEGMENTS && length <= SEGMENT_LENGTH;
  if (isShort && isKnown && field.fallback !== undefined)
    return (
      <FieldFrame {...props} isGroup>
        {() => (
          <SegmentedControl
            fullWidth
            aria-label={props.label}
            data={options}
            value={asText(value)}
            readOnly={isReadOnly}
            onChange={set}
          />
        )}
      </FieldFrame>
    );
  const none = isKnown && field.fallback !== undefined ? [] : [{ value: '', label: t('choose') }];
  // A value that the schema does not know is shown, so that it can be seen and changed
  const strange = value === undefined || isKnown ? [] : [{ value: asText(value), label: asText(value) }];
  return (
    <FieldFrame {...props}>
      {(control) => (
        <NativeSelect
          {...control}
          data={[...none, ...strange, ...options]}
          value={asText(value)}
          disabled={isReadOnly}
          onChange={(event) => set(event.currentTarget.value)}
        />
      )}
    </FieldFrame>
  );
}
