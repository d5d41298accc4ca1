import { ActionIcon } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
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
      <ActionIcon variant="default" size="lg" aria-label={previousLabel} disabled={!onPrevious} onClick={onPrevious}>
        <IconChevronLeft size={18} aria-hidden="true" />
      </ActionIcon>
      <span role="status">{place}</span>
      <ActionIcon variant="default" size="lg" aria-label={nextLabel} disabled={!onNext} onClick={onNext}>
        <IconChevronRight size={18} aria-hidden="true" />
      </ActionIcon>
    </div>
  );
}
