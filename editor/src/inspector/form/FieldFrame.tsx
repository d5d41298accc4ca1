import { Text } from '@mantine/core';
import { IconAlertCircle, IconAlertTriangle, IconCircleDashed } from '@tabler/icons-react';
import { type FocusEvent, type KeyboardEvent, type ReactNode, useContext, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { type FlowProblem, problemTone } from '../../document/flow-problem.ts';
import { useProblemPlace, useProblemWords } from '../../document/problem-words.ts';
import { OpenFlowContext } from '../../document/use-document.ts';
import { useNodeWords } from '../../ui/node-words.ts';
import type { FieldProps } from '../fields/field-props.ts';
import classes from './form.module.css';
import { controlId, useForm, useProblemsAt, useProblemsBelow } from './form-context.ts';
import type { Path } from './paths.ts';

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
  /** Its parts have no frames of their own: what is wrong in them is told here, with the place. */
  isWhole?: boolean;
  /** For inputs of several controls: the label is then a heading of the group. */
  isGroup?: boolean;
  children: (control: ControlProps) => ReactNode;
}

/** Label, hint and problems around an input. */
export function FieldFrame({ field, path, label, aside, isGroup = false, isWhole = false, children }: FieldFrameProps) {
  const { t } = useTranslation('inspector');
  const words = useNodeWords();
  const form = useForm();
  const leaving = useLeaving(path);
  const id = controlId(form.id, path);
  const describing = useId();
  const at = useProblemsAt(path);
  const inside = useProblemsBelow(path);
  const problems = isWhole ? [...at, ...inside] : at;
  const hasWords = problems.length > 0 || field.hint !== null;
  const isError = problems.some((problem) => problemTone(problem) === 'error');
  const isUnfinished = !isError && problems.some((problem) => problem.isUnfinished);
  const control: ControlProps = {
    id,
    'aria-describedby': hasWords ? describing : undefined,
    'aria-invalid': isError || undefined,
    'aria-required': (!isGroup && field.isRequired) || undefined,
  };
  const state = { 'data-invalid': isError || undefined, 'data-unfinished': isUnfinished || undefined };
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
      <Problems problems={problems} at={at} />
    </div>
  ) : null;
  if (isGroup)
    return (
      <fieldset className={classes.group} aria-describedby={control['aria-describedby']} {...state} {...leaving}>
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
    <div className={classes.field} {...state} {...leaving}>
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

/**
 * Tells the form when somebody leaves the field. Whoever only lands in it, because a step was added and its first field
 * takes the keys, has not been there.
 */
function useLeaving(path: Path) {
  const { leave } = useForm();
  const isUsed = useRef(false);
  const use = () => {
    isUsed.current = true;
  };
  return {
    onPointerDown: use,
    onKeyDown: use,
    // Tab is pressed elsewhere and let go here
    onKeyUp: (event: KeyboardEvent) => event.key === 'Tab' && use(),
    onBlur: (event: FocusEvent<HTMLElement>) => {
      if (!isUsed.current || event.currentTarget.contains(event.relatedTarget) || !document.hasFocus()) return;
      isUsed.current = false;
      leave?.(path);
    },
  };
}

/** Where in a field of several parts: `Mon 1`. */
function usePlaceInside(): (problem: FlowProblem) => string {
  const open = useContext(OpenFlowContext);
  const placeOf = useProblemPlace();
  return (problem) => {
    const { flow } = open?.document.store.getSnapshot().context ?? {};
    return (
      placeOf(
        problem,
        flow?.nodes.find(({ id }) => id === problem.node),
      ) || problem.path.replace(/^.*\//, '')
    );
  };
}

const ICONS = { error: IconAlertCircle, warning: IconAlertTriangle, unfinished: IconCircleDashed };

function Problems({ problems, at }: { problems: readonly FlowProblem[]; at: readonly FlowProblem[] }) {
  const textOf = useProblemWords();
  const placeOf = usePlaceInside();
  return problems.map((problem) => {
    const tone = problemTone(problem);
    const Icon = ICONS[tone];
    return (
      <p key={`${problem.code} ${problem.path} ${problem.message}`} className={classes.problem} data-severity={tone}>
        <Icon size={14} aria-hidden="true" />
        <span>{at.includes(problem) ? textOf(problem) : `${placeOf(problem)}: ${textOf(problem)}`}</span>
      </p>
    );
  });
}
