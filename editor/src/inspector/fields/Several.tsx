import { Chip, Group } from '@mantine/core';
import { useNodeWords } from '../../ui/node-words.ts';
import { FieldFrame } from '../form/FieldFrame.tsx';
import { useForm, useValue } from '../form/form-context.ts';
import type { FieldProps } from './field-props.ts';

/** Any of several values, in the order of the schema. */
export function Several(props: FieldProps) {
  const { field, path } = props;
  const words = useNodeWords();
  const { change, settle, isReadOnly } = useForm();
  const value = useValue(path);
  const chosen: unknown[] = Array.isArray(value) ? value : [];
  const toggle = (one: string) => {
    const next = field.options
      .map((option) => option.value)
      .filter((other) => chosen.includes(other) !== (other === one));
    change(path, next.length === 0 ? undefined : next);
    settle();
  };
  return (
    <FieldFrame {...props} isGroup>
      {() => (
        <Group gap="xs">
          {field.options.map((option) => (
            <Chip
              key={option.value}
              checked={chosen.includes(option.value)}
              disabled={isReadOnly}
              onChange={() => toggle(option.value)}
            >
              {words(option.label)}
            </Chip>
          ))}
        </Group>
      )}
    </FieldFrame>
  );
}
