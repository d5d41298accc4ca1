import { Text } from '@mantine/core';
import { IconAlertCircle, IconAlertTriangle } from '@tabler/icons-react';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useProblemWords } from '../../document/problem-words.ts';
import { useNodeWords } from '../../ui/node-words.ts';
import type { FieldProps } from '../fields/field-props.ts';
import classes from './form.module.css';
import { controlId, useForm } from './form-context.ts';

/** What a control carries so that its label, hint and problems are read with it. */
export interface ControlProps {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': true | undefined;
  'aria-required': true | undefined;
}

interface FieldFrameProps extends FieldProps {
  /** Beside the label, at the line's end. */
  aside?: ReactNode;
  /** For inputs of several controls: the label is then a heading of the group. */
  isGroup?: boolean;
  children: (control: ControlProps) => ReactNode;
}

/** Label, hint and problems around an input. */
export function FieldFrame({ field, path, label, aside, isGroup = false, children }: FieldFrameProps) {
  const { t } = useTranslation('inspector');
  const words = useNodeWords();
  const form = useForm();
  const id = controlId(form.id, path);
  const describing = useId();
  const problems = form.problemsAt(path);
  const hasWords = problems.length > 0 || field.hint !== null;
  const isError = problems.some(({ severity }) => severity === 'error');
  const control: ControlProps = {
    id,
    'aria-describedby': hasWords ? describing : undefined,
    'aria-invalid': isError || undefined,
    'aria-required': (!isGroup && field.isRequired) || undefined,
  };
  const head = (
    <>
      {label}
      {field.isRequired ? (
        <span className={classes.required} aria-hidden="true">
          {' *'}
        </span>
      ) : null}
    </>
  );
  const below = hasWords ? (
    <div id={describing} className={classes.below}>
      {field.hint ? (
        <Text size="xs" c="dimmed">
          {words(field.hint)}
        </Text>
      ) : null}
      <Problems problems={problems} />
    </div>
  ) : null;
  if (isGroup)
    return (
      <fieldset
        className={classes.group}
        aria-describedby={control['aria-describedby']}
        data-invalid={isError || undefined}
      >
        <legend className={classes.legend} id={id} tabIndex={-1}>
          {head}
          {field.isRequired ? <span className={classes.hidden}>{t('required')}</span> : null}
        </legend>
        {aside ? <div className={classes.groupAside}>{aside}</div> : null}
        {children(control)}
        {below}
      </fieldset>
    );
  return (
    <div className={classes.field}>
      <div className={classes.head}>
        <label htmlFor={id} className={classes.label}>
          {head}
        </label>
        {aside}
      </div>
      {children(control)}
      {below}
    </div>
  );
}

function Problems({ problems }: { problems: ReturnType<ReturnType<typeof useForm>['problemsAt']> }) {
  const textOf = useProblemWords();
  return problems.map((problem) => {
    const Icon = problem.severity === 'error' ? IconAlertCircle : IconAlertTriangle;
    return (
      <p
        key={`${problem.code} ${problem.path} ${problem.message}`}
        className={classes.problem}
        data-severity={problem.severity}
      >
        <Icon size={14} aria-hidden="true" />
        <span>{textOf(problem)}</span>
      </p>
    );
  });
}
