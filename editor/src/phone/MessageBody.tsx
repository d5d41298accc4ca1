import { Words } from '../chat/Choices.tsx';
import { ContactsCard, LocationCard } from '../chat/MessageCards.tsx';
import type { CustomerAct, PhoneMessage } from './control.ts';
import { DirectedWords } from './DirectedWords.tsx';
import { InteractiveBody } from './InteractiveBody.tsx';
import { MediaBody } from './MediaBody.tsx';
import type { SheetOf } from './opened.ts';
import { words } from './words.ts';

const say = words.message;

interface MessageBodyProps {
  message: PhoneMessage;
  onAct: (what: CustomerAct) => void;
  onSheet: (sheet: SheetOf) => void;
}

export function MessageBody({ message, onAct, onSheet }: MessageBodyProps) {
  const { kind, text, media, interactive, location, contacts } = message;
  if (interactive)
    return <InteractiveBody message={message} interactive={interactive} onAct={onAct} onSheet={onSheet} />;
  return (
    <>
      {media && <MediaBody kind={kind} media={media} />}
      {location && <LocationCard content={{ kind: 'location', ...placeOf(location) }} />}
      {contacts && <ContactsCard content={{ kind: 'contacts', contacts: contacts.map(cardOf) }} />}
      {text && !location && !contacts ? <DirectedWords text={text} /> : null}
      {!text && !media && !location && !contacts && <Words text={say.kinds[kind] ?? kind} />}
    </>
  );
}

const placeOf = ({ latitude, longitude, name, address }: NonNullable<PhoneMessage['location']>) => ({
  latitude,
  longitude,
  ...(name && { title: name }),
  ...(address && { address }),
});

const cardOf = ({ name, phones }: NonNullable<PhoneMessage['contacts']>[number]) => ({
  name: name.formatted_name,
  phones: (phones ?? []).flatMap(({ phone }) => phone ?? []),
});
