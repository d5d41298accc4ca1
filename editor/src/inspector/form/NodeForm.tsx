import type { FlowNode, NodeType } from '@parley/runtime';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldInput } from '../fields/FieldInput.tsx';
import type { Field } from './field.ts';
import classes from './form.module.css';
import { useFaultyKeys } from './form-context.ts';
import { readFields } from './read-fields.ts';
import { isShown } from './shown.ts';
import { UnknownKeys } from './UnknownKeys.tsx';

/** A node's settings: what matters now, the rest under "More". */
export function NodeForm({ node, type }: { node: FlowNode; type: NodeType }) {
  const { t } = useTranslation('inspector');
  const fields = useMemo(() => readFields(type), [type]);
  // What is set when the form opens stands in front and stays there: a field does not jump while one writes into it
  const [front] = useState(
    () => new Set(fields.filter((one) => !one.isRare || one.key in node.config).map(({ key }) => key)),
  );
  const [isOpen, setOpen] = useState(false);
  const faulty = useFaultyKeys(fields.map(({ key }) => key));
  const hasError = ({ key }: Field) => faulty.includes(key);
  const shown = fields.filter(
    (field) => isShown(type.type, field, fields, node.config) || (field.key in node.config && hasError(field)),
  );
  const first = shown.filter((field) => front.has(field.key) || hasError(field));
  const more = shown.filter((field) => !first.includes(field));
  const unknown = Object.keys(node.config).filter((key) => !fields.some((field) => field.key === key));
  const Arrow = isOpen ? IconChevronUp : IconChevronDown;
  return (
    <div className={classes.form}>
      {first.map((field) => (
        <FieldInput key={field.key} field={field} path={[field.key]} />
      ))}
      {more.length > 0 ? (
        <button type="button" className={classes.moreButton} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          <Arrow size={16} aria-hidden="true" />
          {t(isOpen ? 'less' : 'more', { count: more.length })}
        </button>
      ) : null}
      {isOpen ? more.map((field) => <FieldInput key={field.key} field={field} path={[field.key]} />) : null}
      <UnknownKeys keys={unknown} />
    </div>
  );
}
