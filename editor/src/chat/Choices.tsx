import { UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './bubble.module.css';
import { FormattedText } from './FormattedText.tsx';

export function Words({ text }: { text: string }) {
  return (
    <div className={classes.text}>
      <FormattedText text={text} />
    </div>
  );
}

interface ChoicesProps {
  choices: readonly { id: string; title: string; icon?: ReactNode }[];
  onTap: (choice: { id: string; title: string }) => void;
}

export function Choices({ choices, onTap }: ChoicesProps) {
  if (choices.length === 0) return null;
  return (
    <div className={classes.choices}>
      {choices.map(({ id, title, icon }) => (
        <UnstyledButton key={id} className={classes.choice} onClick={() => onTap({ id, title })}>
          {icon ? (
            <span className={classes.choiceInside}>
              {icon}
              {title}
            </span>
          ) : (
            title
          )}
        </UnstyledButton>
      ))}
    </div>
  );
}
