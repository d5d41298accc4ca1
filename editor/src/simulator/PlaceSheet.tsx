import { Button, Group, Stack, TextInput } from '@mantine/core';
import type { InboundMessage } from '@parley/runtime';
import { useTranslation } from 'react-i18next';
import sheet from '../chat/list-sheet.module.css';
import { Sheet } from '../chat/Sheet.tsx';
import { useFields } from '../ui/use-fields.ts';

type Place = NonNullable<InboundMessage['location']>;

/** Where the person who tries a flow stands when it asks for their place. */
const INITIAL = { latitude: '38.7223', longitude: '-9.1393', name: 'Lisbon' };

interface PlaceSheetProps {
  isOpen: boolean;
  onClose: () => void;
  onSend: (place: Place) => void;
}

/** A place as the person's phone would send it. */
export function PlaceSheet({ isOpen, onClose, onSend }: PlaceSheetProps) {
  const { t } = useTranslation('simulator');
  return (
    <Sheet title={isOpen ? t('place.title') : null} onClose={onClose}>
      <Fields
        onSend={(place) => {
          onClose();
          onSend(place);
        }}
      />
    </Sheet>
  );
}

function Fields({ onSend }: Pick<PlaceSheetProps, 'onSend'>) {
  const { t } = useTranslation('simulator');
  const within = (limit: number) => (value: string) =>
    value.trim() !== '' && Math.abs(Number(value)) <= limit ? null : t('place.wrong', { limit });
  const { form, field, onSubmit } = useFields(INITIAL, { latitude: within(90), longitude: within(180) });
  const send = ({ latitude, longitude, name }: typeof INITIAL) =>
    onSend({
      latitude: Number(latitude),
      longitude: Number(longitude),
      name: name.trim() || null,
      address: null,
    });
  return (
    <form ref={form} onSubmit={onSubmit(send)} noValidate>
      <Stack gap="sm" className={sheet.answers}>
        <TextInput label={t('place.name')} {...field('name')} />
        <Group grow align="flex-start">
          <TextInput label={t('place.latitude')} inputMode="decimal" dir="ltr" {...field('latitude')} />
          <TextInput label={t('place.longitude')} inputMode="decimal" dir="ltr" {...field('longitude')} />
        </Group>
        <Button type="submit">{t('place.send')}</Button>
      </Stack>
    </form>
  );
}
