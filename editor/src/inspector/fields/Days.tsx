import { Chip, Group } from '@mantine/core';
import { FieldFrame } from '../form/FieldFrame.tsx';
import { useForm, useValue } from '../form/form-context.ts';
import type { FieldProps } from './field-props.ts';
import { useDayNames } from './use-day-names.ts';
import { DAYS } from './week.ts';

/** Days of the week. */
export function Days(props: FieldProps) {
  const { change, settle, isReadOnly } = useForm();
  const nameOf = useDayNames('short');
  const value = useValue(props.path);
  const chosen: unknown[] = Array.isArray(value) ? value : [];
  return (
    <FieldFrame {...props} isGroup>
      {() => (
        <Group gap={6}>
          {DAYS.map((day) => (
            <Chip
              key={day}
              size="xs"
              checked={chosen.includes(day)}
              disabled={isReadOnly}
              onChange={() => {
                const next = DAYS.filter((one) => chosen.includes(one) !== (one === day));
                change(props.path, next);
                settle();
              }}
            >
              {nameOf(day)}
            </Chip>
          ))}
        </Group>
      )}
    </FieldFrame>
  );
}
