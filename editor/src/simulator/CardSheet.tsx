import { Button, Stack, TextInput } from '@mantine/core';
import { type InboundMessage, inboundMessage } from '@parley/runtime';
import { useTranslation } from 'react-i18next';
import sheet from '../chat/list-sheet.module.css';
import { Sheet } from '../chat/Sheet.tsx';
import { useFields } from '../ui/use-fields.ts';

interface CardSheetProps {
  isOpen: boolean;
  onClose: () => void;
  onSend: (message: InboundMessage) => void;
}

/** Somebody's name and number, sent as a contact card. */
export function CardSheet({ isOpen, onClose, onSend }: CardSheetProps) {
  const { t } = useTranslation('simulator');
  return (
    <Sheet title={isOpen ? t('card.title') : null} onClose={onClose}>
      <Fields
        onSend={(message) => {
          onClose();
          onSend(message);
        }}
      />
    </Sheet>
  );
}

function Fields({ onSend }: Pick<CardSheetProps, 'onSend'>) {
  const { t } = useTranslation('simulator');
  const needed = (value: string) => (value.trim() === '' ? t('needed') : null);
  const { form, field, onSubmit } = useFields(
    { name: 'Rui Costa', phone: '+447700900010' },
    { name: needed, phone: needed },
  );
  // As Meta sends a card
  const send = ({ name, phone }: { name: string; phone: string }) =>
    onSend(
      inboundMessage({
        type: 'contacts',
        text: name,
        data: { contacts: [{ name: { formatted_name: name }, phones: [{ phone }] }] },
      }),
    );
  return (
    <form ref={form} onSubmit={onSubmit(send)} noValidate>
      <Stack gap="sm" className={sheet.answers}>
        <TextInput label={t('card.name')} {...field('name')} />
        <TextInput label={t('card.phone')} type="tel" dir="ltr" {...field('phone')} />
        <Button type="submit">{t('card.send')}</Button>
      </Stack>
    </form>
  );
}
