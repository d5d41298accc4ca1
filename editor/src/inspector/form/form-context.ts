import type { Problem } from '@parley/runtime';
import { type ComponentType, createContext, useContext } from 'react';
import type { FieldProps } from '../fields/field-props.ts';
import type { KnownVariable } from '../variables-of.ts';
import type { InputName } from './field.ts';
import { type Path, valueAt } from './paths.ts';

/** What every input of a form reaches: the values, the problems, and how they change. */
export interface Form {
  /** Tells one form's ids from another's. */
  id: string;
  values: Record<string, unknown>;
  /** Sets what stands at a path; undefined takes it away. Every letter is one call: those of one path become one act. */
  change(path: Path, value: unknown): void;
  /** Ends what was being typed: the next change is an act of its own. */
  settle(): void;
  /** A new choice's id is made from its words when they are there; the edge of the choice keeps leading on. */
  rename?(path: Path, from: string, to: string): void;
  problemsAt(path: Path): readonly Problem[];
  /** Also those of what lies inside. */
  problemsIn(path: Path): readonly Problem[];
  known: readonly KnownVariable[];
  isReadOnly: boolean;
  /** The input of each kind of field; inputs that hold others find them here. */
  inputs: Readonly<Record<InputName, ComponentType<FieldProps>>>;
}

export const FormContext = createContext<Form | null>(null);

export function useForm(): Form {
  const form = useContext(FormContext);
  if (!form) throw new Error('an input was drawn outside of a form');
  return form;
}

export const useValue = (path: Path): unknown => valueAt(useForm().values, path);

/** The id of the control at a path, by which a problem brings the keys there. */
export const controlId = (form: string, path: Path): string => `${form}${path.map((part) => `-${part}`).join('')}`;
