import { canonicalJson, type Json, pointer } from '@parley/runtime';
import { type ComponentType, createContext, useCallback, useContext, useRef, useSyncExternalStore } from 'react';
import type { FlowProblem } from '../../document/flow-problem.ts';
import { valueAt } from '../../document/value-at.ts';
import type { FieldProps } from '../fields/field-props.ts';
import type { KnownVariable } from '../variables-of.ts';
import type { InputName } from './field.ts';
import type { Path } from './paths.ts';

/** What is wrong at a place inside of a form's values, as a JSON pointer; empty for the values as a whole. */
export interface FormProblem {
  field: string;
  problem: FlowProblem;
}

/**
 * What every input of a form reaches. It stays the same while one writes: what is drawn from its values, problems or
 * variables reads them through `useValue`, `useProblemsAt`, `useKnown`, and is drawn again only when its own part changed.
 */
export interface Form {
  /** Tells one form's ids from another's. */
  id: string;
  /** The step whose settings these are. */
  node?: string;
  isReadOnly: boolean;
  /** The input of each kind of field; inputs that hold others find them here. */
  inputs: Readonly<Record<InputName, ComponentType<FieldProps>>>;
  values(): Record<string, unknown>;
  problems(): readonly FormProblem[];
  known(): readonly KnownVariable[];
  /** Tells of anything that may have changed one of these three. */
  subscribe(listener: () => void): () => void;
  /** Sets what stands at a path; undefined takes it away. Every letter is one call: those of one path become one act. */
  change(path: Path, value: unknown): void;
  /** Ends what was being typed: the next change is an act of its own. */
  settle(): void;
  /** A new choice's id is made from its words when they are there; the edge of the choice keeps leading on. */
  rename?(path: Path, from: string, to: string): void;
  /** Somebody was in the field and went on: what is empty there is wrong from now on. */
  leave?(path: Path): void;
}

export const FormContext = createContext<Form | null>(null);

export function useForm(): Form {
  const form = useContext(FormContext);
  if (!form) throw new Error('an input was drawn outside of a form');
  return form;
}

export const useValue = (path: Path): unknown => useFormPart((form) => valueAt(form.values(), path));

/** All values: for what looks at several, and is not drawn with every letter. */
export const useValues = (): Record<string, unknown> => useFormPart((form) => form.values());

export const useKnown = (): readonly KnownVariable[] => useFormPart((form) => form.known());

export const useProblemsAt = (path: Path): readonly FlowProblem[] =>
  useFormPart((form) => problemsOf(form, (field) => field === pointer(path)));

/** Those inside of what stands at a path, where no field of their own shows them. */
export const useProblemsBelow = (path: Path): readonly FlowProblem[] =>
  useFormPart((form) => problemsOf(form, (field) => field.startsWith(`${pointer(path)}/`)));

/** Whether an error or something unfinished lies at the keys, or inside of what stands there. */
export const useFaultyKeys = (keys: readonly string[]): readonly string[] =>
  useFormPart((form) => {
    const fields = form.problems().map(({ field }) => field);
    return keys.filter((key) => fields.some((field) => `${field}/`.startsWith(`${pointer([key])}/`)));
  });

const problemsOf = (form: Form, isMeant: (field: string) => boolean): FlowProblem[] =>
  form
    .problems()
    .filter(({ field }) => isMeant(field))
    .map(({ problem }) => problem);

/** A part of the form; the same object as long as it says the same. */
function useFormPart<Part>(read: (form: Form) => Part): Part {
  const form = useForm();
  const last = useRef<{ part: Part } | null>(null);
  const snapshot = useCallback(() => {
    const part = read(form);
    if (last.current === null || !isSame(last.current.part, part)) last.current = { part };
    return last.current.part;
  }, [form, read]);
  return useSyncExternalStore(form.subscribe, snapshot);
}

const isSame = (one: unknown, other: unknown): boolean =>
  Object.is(one, other) ||
  (typeof one === 'object' &&
    typeof other === 'object' &&
    one !== null &&
    other !== null &&
    canonicalJson(one as Json) === canonicalJson(other as Json));

/** The id of the control at a path, by which a problem brings the keys there. */
export const controlId = (form: string, path: Path): string => `${form}${path.map((part) => `-${part}`).join('')}`;
