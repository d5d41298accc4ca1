import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface TestDialogProps {
  isOpen: boolean;
  title: string;
  onClose: () => void;
  children: ReactNode;
}

export function TestDialog({ isOpen, title, onClose, children }: TestDialogProps) {
  const { t } = useTranslation('simulator');
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={title}
      closeButtonProps={{ 'aria-label': t('close'), size: 40 }}
      size="lg"
    >
      {children}
    </Modal>
  );
}
