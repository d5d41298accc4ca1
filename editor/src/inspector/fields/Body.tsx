import { SegmentedControl, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldFrame } from '../form/FieldFrame.tsx';
import { useForm, useValue } from '../form/form-context.ts';
import { asText } from './as-text.ts';
import type { FieldProps } from './field-props.ts';
import { flatFields, flatValue } from './flat-fields.ts';
import { JsonInput } from './JsonInput.tsx';
import { RecordRows } from './RecordRows.tsx';
import { useJsonText } from './use-json-text.ts';

type Way = 'fields' | 'json';

/** What is sent along: names and values in rows, or the same as JSON. What rows cannot show is shown as JSON. */
export function Body(props: FieldProps) {
  const { path } = props;
  const { t } = useTranslation('inspector');
  const { change } = useForm();
  const fields = flatFields(useValue(path));
  const [chosen, setChosen] = useState<Way>('fields');
  const text = useJsonText(props);
  const json = {
    ...text,
    write: (next: string) => {
      setChosen('json'); // while one writes, what becomes flat does not turn into rows under one's hands
      text.write(next);
    },
  };
  const fitsRows = fields !== null && !json.isBroken;
  const way: Way = fitsRows ? chosen : 'json';
  return (
    <FieldFrame
      {...props}
      isGroup
      aside={
        <SegmentedControl
          size="xs"
          aria-label={t('body.way', { field: props.label })}
          value={way}
          onChange={(value) => setChosen(value as Way)}
          data={[
            { value: 'fields', label: t('body.fields'), disabled: !fitsRows },
            { value: 'json', label: t('body.json') },
          ]}
        />
      }
    >
      {(control) =>
        way === 'fields' ? (
          <RecordRows
            path={path}
            isFree
            entries={fields ?? []}
            textOf={asText}
            readValue={flatValue}
            nameLabel={t('record.name')}
            valueLabel={t('record.value')}
            addLabel={t('record.add')}
            onEntries={(next) => change(path, next.length === 0 ? undefined : Object.fromEntries(next))}
          />
        ) : (
          <>
            <JsonInput {...props} json={json} control={{ ...control, id: `${control.id}-json` }} />
            {fields === null ? (
              <Text size="xs" c="dimmed">
                {t('body.onlyJson')}
              </Text>
            ) : null}
          </>
        )
      }
    </FieldFrame>
  );
}
