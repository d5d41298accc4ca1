import { ActionIcon, NativeSelect, TextInput, Tooltip } from '@mantine/core';
import { IconBraces, IconClock } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldFrame } from '../form/FieldFrame.tsx';
import { useForm, useValue } from '../form/form-context.ts';
import { TemplateArea } from '../text/TemplateArea.tsx';
import { asText } from './as-text.ts';
import { readDuration, UNITS, type Unit, writeDuration } from './duration.ts';
import type { FieldProps } from './field-props.ts';
import classes from './row.module.css';

/** Before a number is there: the plain plural in every language; 2 would be Arabic's dual. */
const SEVERAL = 3;

/** A number and its unit; kept as ISO 8601, and written so (or as a variable) where one unit does not say it. */
export function Duration(props: FieldProps) {
  const { field, path } = props;
  const { t } = useTranslation('inspector');
  const { change, settle, isReadOnly } = useForm();
  const text = asText(useValue(path));
  const shown = text || asText(field.fallback);
  const read = readDuration(shown);
  const [unit, setUnit] = useState<Unit>(read?.unit ?? 'hours');
  const [isFree, setFree] = useState(text !== '' && read === null);
  const set = (next: string) => change(path, next === '' && !field.isRequired ? undefined : next);
  const simple = isFree && text !== '' && readDuration(text) === null ? t('duration.clear') : t('duration.simple');
  return (
    <FieldFrame
      {...props}
      aside={
        isReadOnly ? null : (
          <Tooltip label={isFree ? simple : t('duration.free')}>
            <ActionIcon
              variant="subtle"
              color="gray"
              size="sm"
              aria-label={isFree ? simple : t('duration.free')}
              onClick={() => {
                if (isFree && readDuration(text) === null) set('');
                setFree(!isFree);
              }}
            >
              {isFree ? <IconClock size={15} aria-hidden="true" /> : <IconBraces size={15} aria-hidden="true" />}
            </ActionIcon>
          </Tooltip>
        )
      }
    >
      {(control) =>
        isFree ? (
          <TemplateArea control={control} isOneLine value={text} placeholder="P1DT12H" onChange={set} />
        ) : (
          <div className={classes.row}>
            <TextInput
              {...control}
              inputMode="numeric"
              dir="ltr"
              w="6rem"
              readOnly={isReadOnly}
              value={read ? String(read.count) : ''}
              onChange={(event) => {
                const digits = event.currentTarget.value.replace(/\D/g, '').slice(0, 6);
                set(digits === '' ? '' : writeDuration(Number(digits), read?.unit ?? unit));
              }}
              onBlur={settle}
            />
            <NativeSelect
              aria-label={t('duration.unit', { field: props.label })}
              data={UNITS.map((one) => ({
                value: one,
                label: t(`duration.units.${one}`, { count: read?.count ?? SEVERAL }),
              }))}
              value={read?.unit ?? unit}
              disabled={isReadOnly}
              onChange={(event) => {
                const next = event.currentTarget.value as Unit;
                setUnit(next);
                if (read) set(writeDuration(read.count, next));
              }}
            />
          </div>
        )
      }
    </FieldFrame>
  );
}
