import { useRef, useState } from 'react';
import type { ControlProps } from '../form/FieldFrame.tsx';
import classes from './chips.module.css';

interface ChipsProps {
  control: ControlProps;
  names: readonly string[];
  most?: number | null;
  placeholder: string;
  removeLabel: (name: string) => string;
  isReadOnly?: boolean;
  /** Names that are known already, offered by the browser while one types. */
  offered?: readonly string[];
  onNames: (names: string[]) => void;
}

/** Not inside of `{{…}}`: a variable's helper may take several things. */
const SEPARATOR = /[,\n](?![^{]*\}\})/;

/** Short texts side by side: Enter or a comma adds what was typed, Backspace in the empty field takes the last away. */
export function Chips({
  control,
  names,
  most,
  placeholder,
  removeLabel,
  isReadOnly,
  offered = [],
  onNames,
}: ChipsProps) {
  const [text, setText] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const add = (typed: string) => {
    const fresh = typed
      .split(SEPARATOR)
      .map((one) => one.trim())
      .filter((one, index, all) => one !== '' && !names.includes(one) && all.indexOf(one) === index);
    setText('');
    if (fresh.length > 0) onNames([...names, ...fresh]);
  };
  const isFull = typeof most === 'number' && names.length >= most;
  return (
    <div className={classes.box} data-invalid={control['aria-invalid']}>
      {names.map((name, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a document may hold the same name twice
        <span key={`${index} ${name}`} className={classes.chip}>
          <bdi>{name}</bdi>
          {isReadOnly ? null : (
            <button
              type="button"
              className={classes.remove}
              aria-label={removeLabel(name)}
              onClick={() => {
                onNames(names.filter((_, at) => at !== index));
                input.current?.focus();
              }}
            >
              <span aria-hidden="true">×</span>
            </button>
          )}
        </span>
      ))}
      <input
        {...control}
        ref={input}
        className={classes.input}
        dir="auto"
        value={text}
        placeholder={names.length === 0 ? placeholder : undefined}
        readOnly={isReadOnly === true || isFull}
        list={offered.length > 0 ? `${control.id}-offered` : undefined}
        onChange={(event) => {
          const typed = event.currentTarget.value;
          // While a variable is written, its commas are its own
          const isInVariable = typed.lastIndexOf('{{') > typed.lastIndexOf('}}');
          if (SEPARATOR.test(typed) && !isInVariable) add(typed);
          else setText(typed);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && text.trim() !== '') {
            event.preventDefault();
            add(text);
          }
          if (event.key === 'Backspace' && text === '' && names.length > 0 && !isReadOnly) onNames(names.slice(0, -1));
        }}
        onBlur={() => text.trim() !== '' && add(text)}
      />
      {offered.length > 0 ? (
        <datalist id={`${control.id}-offered`}>
          {offered.map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
      ) : null}
    </div>
  );
}
