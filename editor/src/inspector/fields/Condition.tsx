import { Checkbox, NativeSelect } from '@mantine/core';
import { isObject } from '@parley/runtime';
import { useTranslation } from 'react-i18next';
import { FieldFrame } from '../form/FieldFrame.tsx';
import { useForm, useKnown, useValue } from '../form/form-context.ts';
import type { VariableType } from '../variables-of.ts';
import { asText } from './as-text.ts';
import { ConditionValue } from './ConditionValue.tsx';
import type { FieldProps } from './field-props.ts';
import { Names } from './Names.tsx';
import { type Operator, operatorsFor, rightOf } from './operators.ts';
import { Text } from './Text.tsx';

const TEXT_OPERATORS = ['equals', 'notEquals', 'contains', 'notContains', 'startsWith', 'endsWith', 'matches'];

/** Value, comparison, and what it is compared with. A way of a switch has a name, and takes its value from the node. */
export function Condition(props: FieldProps) {
  const { field, path } = props;
  const { t } = useTranslation('inspector');
  const form = useForm();
  const known = useKnown();
  const value = useValue(path);
  const ofNode = useValue(['value']); // a switch compares the node's own value
  const condition = isObject(value) ? value : {};
  const part = (key: string) => field.fields.find((one) => one.key === key);
  const [left, title, right] = [part('left'), part('title'), part('right')];
  const operator = asText(condition.operator ?? 'equals');
  const looked = left ? condition.left : ofNode;
  const type = typeOf(looked, known);
  const setOperator = (next: Operator) => {
    form.settle();
    form.change(path, { ...condition, operator: next, right: rightFor(next, condition.right) });
    form.settle();
  };
  const shape = rightOf(operator);
  return (
    <FieldFrame {...props} field={{ ...field, isRequired: false }} isGroup>
      {() => (
        <>
          {title ? <Text field={title} path={[...path, 'title']} label={t('condition.called')} /> : null}
          {left ? (
            <ConditionValue
              path={[...path, 'left']}
              label={t('condition.left')}
              field={{ ...left, isRequired: false }}
            />
          ) : null}
          <NativeSelect
            aria-label={t('condition.operator')}
            data={operatorsFor(type, operator).map((one) => ({ value: one, label: t(`operators.${one}`) }))}
            value={operator}
            disabled={form.isReadOnly}
            onChange={(event) => setOperator(event.currentTarget.value as Operator)}
          />
          {right && shape === 'one' ? (
            <ConditionValue path={[...path, 'right']} label={t('condition.right')} field={right} />
          ) : null}
          {right && shape === 'pair' ? (
            <>
              <ConditionValue path={[...path, 'right', 0]} label={t('condition.from')} field={right} />
              <ConditionValue path={[...path, 'right', 1]} label={t('condition.to')} field={right} />
            </>
          ) : null}
          {right && shape === 'several' ? (
            <Names
              field={{ ...right, item: null, isRequired: true }}
              path={[...path, 'right']}
              label={t('condition.several')}
            />
          ) : null}
          {TEXT_OPERATORS.includes(operator) && (type === 'text' || type === 'any') ? (
            <Checkbox
              size="xs"
              label={t('condition.caseSensitive')}
              checked={condition.caseSensitive === true}
              disabled={form.isReadOnly}
              onChange={(event) => form.change([...path, 'caseSensitive'], event.currentTarget.checked || undefined)}
            />
          ) : null}
        </>
      )}
    </FieldFrame>
  );
}

const LONE = /^\{\{\s*([\p{L}\p{N}_.]+)\s*\}\}$/u;

function typeOf(left: unknown, known: ReturnType<typeof useKnown>): VariableType {
  if (typeof left === 'number') return 'number';
  const name = typeof left === 'string' ? LONE.exec(left)?.[1] : undefined;
  return known.find((one) => one.name === name)?.type ?? 'any';
}

/** Keeps what was given as far as the other operator has room for it. */
function rightFor(operator: Operator, right: unknown): unknown {
  const values: unknown[] = Array.isArray(right) ? right : right === undefined || right === '' ? [] : [right];
  switch (rightOf(operator)) {
    case 'none':
      return undefined;
    case 'one':
      return values[0] ?? '';
    case 'pair':
      return [values[0] ?? '', values[1] ?? ''];
    case 'several':
      return values;
  }
}
