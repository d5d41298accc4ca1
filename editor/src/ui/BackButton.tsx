import { Button } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useCallback } from 'react';
import classes from './back-button.module.css';

interface BackButtonProps {
  label: string;
  /** Where what led here is gone, and the keys with it. */
  takesKeys?: boolean;
  onBack: () => void;
}

/** From what was opened within a panel or a window back to what it was opened from. */
export function BackButton({ label, takesKeys = false, onBack }: BackButtonProps) {
  const focus = useCallback(
    (button: HTMLButtonElement | null) => void (takesKeys && button?.focus({ preventScroll: true })),
    [takesKeys],
  );
  return (
    <Button
      ref={focus}
      className={classes.back}
      variant="subtle"
      size="compact-sm"
      leftSection={<IconArrowLeft size={16} aria-hidden="true" />}
      onClick={onBack}
    >
      {label}
    </Button>
  );
}
