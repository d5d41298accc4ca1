import type { KnownVariable } from '../variables-of.ts';

export interface CodeAreaProps {
  label: string;
  language: 'json' | 'javascript';
  value: string;
  onChange: (text: string) => void;
  onBlur?: () => void;
  isReadOnly?: boolean;
  describedBy?: string | undefined;
  /** Fills the height that there is. */
  isTall?: boolean;
  /** What the JSON has to be. */
  schema?: 'flow';
  /** Names to complete inside `{{ }}`. */
  known?: readonly KnownVariable[];
  /** Gives what brings the caret to a line. */
  onReady?: (goTo: (line: number, column: number) => void) => void;
}
