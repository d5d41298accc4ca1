import { Button, Stack, TextInput } from '@mantine/core';
import { FormSheet } from '../chat/FormSheet.tsx';
import { ListSheet } from '../chat/ListSheet.tsx';
import { Sheet } from '../chat/Sheet.tsx';
import { useFields } from '../ui/use-fields.ts';
import { nameGiven, phoneGiven } from './checks.ts';
import type { CustomerAct, PhoneMessage } from './control.ts';
import type { SheetOf } from './opened.ts';
import { words } from './words.ts';

interface SheetsProps {
  sheet: SheetOf | null;
  onClose: () => void;
  onAct: (what: CustomerAct) => void;
}

/** What comes up from the foot of the phone. */
export function Sheets({ sheet, onClose, onAct }: SheetsProps) {
  const done = (what: CustomerAct) => {
    onClose();
    onAct(what);
  };
  const about = sheet && 'message' in sheet ? sheet.message : null;
  const replyTo = about ? { replyTo: about.id } : {};
  return (
    <>
      <ListSheet
        list={sheet?.kind === 'list' ? listOf(sheet.message) : null}
        onClose={onClose}
        onChoose={({ id, title }) => onAct({ type: 'list', id, title, ...replyTo })}
      />
      <FormSheet
        form={sheet?.kind === 'form' ? formOf(sheet.message) : null}
        onClose={onClose}
        onAnswer={(answers) => onAct({ type: 'flow', answers: withToken(answers, about), ...replyTo })}
      />
      <Sheet title={sheet?.kind === 'location' ? words.location.title : null} onClose={onClose}>
        <LocationForm onSend={(location) => done({ type: 'location', location, ...replyTo })} />
      </Sheet>
      <Sheet title={sheet?.kind === 'contact' ? words.contact.title : null} onClose={onClose}>
        <ContactForm onSend={(contact) => done({ type: 'contacts', contacts: [contact] })} />
      </Sheet>
    </>
  );
}

function listOf({ interactive, text }: PhoneMessage) {
  const sections = (interactive?.sections ?? []).map(({ title, rows }) => ({
    ...(title !== null && { title }),
    rows: rows.map(({ description, ...row }) => ({ ...row, ...(description !== null && { description }) })),
  }));
  const { cards } = words.message.kinds;
  return { kind: 'list' as const, text: text ?? '', button: interactive?.label ?? cards ?? 'List', sections };
}

function formOf({ interactive, text }: PhoneMessage) {
  const { label, flow } = interactive ?? { label: null, flow: null };
  return { kind: 'form' as const, text: text ?? '', button: label ?? 'Form', token: flow?.token ?? '' };
}

/** Meta: `response_json` carries the token of the message back. */
const withToken = (answers: Record<string, unknown>, about: PhoneMessage | null) => {
  const token = about?.interactive?.flow?.token;
  return token ? { flow_token: token, ...answers } : answers;
};

/** Lisbon, as good as any. */
const PLACE = { latitude: '38.7223', longitude: '-9.1393', name: 'Praça do Comércio', address: '' };

const within = (limit: number, wrong: string) => (value: string) =>
  value.trim() !== '' && Math.abs(Number(value)) <= limit ? null : wrong;

function LocationForm({ onSend }: { onSend: (location: Record<string, unknown>) => void }) {
  const say = words.location;
  const { form, field, onSubmit } = useFields(PLACE, {
    latitude: within(90, say.latitudeWrong),
    longitude: within(180, say.longitudeWrong),
  });
  const send = onSubmit(({ latitude, longitude, name, address }) =>
    onSend({
      latitude: Number(latitude),
      longitude: Number(longitude),
      ...(name.trim() && { name: name.trim() }),
      ...(address.trim() && { address: address.trim() }),
    }),
  );
  return (
    <form ref={form} onSubmit={send} noValidate>
      <Stack gap="sm">
        <TextInput label={say.latitude} inputMode="decimal" dir="ltr" data-autofocus {...field('latitude')} />
        <TextInput label={say.longitude} inputMode="decimal" dir="ltr" {...field('longitude')} />
        <TextInput label={say.name} dir="auto" {...field('name')} />
        <TextInput label={say.address} dir="auto" {...field('address')} />
        <Button type="submit">{say.send}</Button>
      </Stack>
    </form>
  );
}

function ContactForm({ onSend }: { onSend: (contact: Record<string, unknown>) => void }) {
  const say = words.contact;
  const { form, field, onSubmit } = useFields({ name: '', phone: '' }, { name: nameGiven, phone: phoneGiven });
  const send = onSubmit(({ name, phone }) => {
    const words = name.trim();
    const number = phone.trim();
    onSend({
      name: { formatted_name: words, first_name: words },
      phones: [{ phone: number, wa_id: number.slice(1), type: 'CELL' }],
    });
  });
  return (
    <form ref={form} onSubmit={send} noValidate>
      <Stack gap="sm">
        <TextInput label={say.name} dir="auto" data-autofocus {...field('name')} />
        <TextInput label={say.phone} inputMode="tel" dir="ltr" {...field('phone')} />
        <Button type="submit">{say.send}</Button>
      </Stack>
    </form>
  );
}
