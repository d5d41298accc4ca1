import { ActionIcon } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './stepper.module.css';

interface StepperProps {
  /** Where one is, such as `Step 2 of 14`; said aloud when it changes. */
  place: string;
  previousLabel: string;
  nextLabel: string;
  /** Left out where there is nowhere to go. */
  onPrevious?: (() => void) | undefined;
  onNext?: (() => void) | undefined;
}

/** From one thing to the next, for as long as a list of them is followed. */
export function Stepper({ place, previousLabel, nextLabel, onPrevious, onNext }: StepperProps) {
  return (
    <div className={classes.stepper}>
      <Turn label={previousLabel} onTurn={onPrevious}>
        <IconChevronLeft size={18} aria-hidden="true" />
      </Turn>
      <span role="status">{place}</span>
      <Turn label={nextLabel} onTurn={onNext}>
        <IconChevronRight size={18} aria-hidden="true" />
      </Turn>
    </div>
  );
}

/** At the end it keeps the keys, which a button that is switched off would lose. */
function Turn({ label, onTurn, children }: { label: string; onTurn: (() => void) | undefined; children: ReactNode }) {
  const isOff = !onTurn || undefined;
  return (
    <ActionIcon
      variant="default"
      size="lg"
      aria-label={label}
      aria-disabled={isOff}
      data-disabled={isOff}
      onClick={onTurn}
    >
      {children}
    </ActionIcon>
  );
}
