import { Textarea, type TextareaProps } from '@mantine/core';
import classes from './json-area.module.css';

/** A large field for JSON: fixed-width letters, no spell-checking; Tab leaves it, as everywhere. */
export function JsonArea(props: TextareaProps) {
  return (
    <Textarea
      translate="no"
      spellCheck={false}
      autoCapitalize="off"
      autoComplete="off"
      {...props}
      classNames={{ root: classes.root, wrapper: classes.wrapper, input: classes.input }}
    />
  );
}
