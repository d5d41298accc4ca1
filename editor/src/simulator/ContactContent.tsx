import type { InboundMessage } from '@parley/runtime';
import { useTranslation } from 'react-i18next';
import classes from '../chat/bubble.module.css';
import { FormattedText } from '../chat/FormattedText.tsx';
import { ContactsCard, LocationCard, MediaCard } from '../chat/MessageCards.tsx';
import own from './contact-content.module.css';

/** What the person sent, as their own phone shows it. */
export function ContactContent({ message }: { message: InboundMessage }) {
  const { t } = useTranslation('simulator');
  const { type, text, payload, media, location, data } = message;
  if (media) return <Media message={message} />;
  if (location) {
    const { name, address, ...place } = location;
    return (
      <LocationCard
        content={{ kind: 'location', ...place, ...(name && { title: name }), ...(address && { address }) }}
      />
    );
  }
  if (type === 'contacts') return <ContactsCard content={{ kind: 'contacts', contacts: [cardIn(message)] }} />;
  if (type === 'reaction') return <p className={own.reaction}>{t('sent.reaction', { emoji: text ?? '' })}</p>;
  if (type === 'form') return <Words text={t('sent.form', { answers: JSON.stringify(data) })} />;
  if (type === 'order') return <Words text={text ?? t('sent.order')} />;
  return <Words text={text ?? payload ?? type} />;
}

const Words = ({ text }: { text: string }) => (
  <div className={classes.text}>
    <FormattedText text={text} />
  </div>
);

/** A file of this device is shown; others are named. */
function Media({ message: { type, media } }: { message: InboundMessage }) {
  const { t } = useTranslation('chat');
  const url = media?.url ?? '';
  const kind = isMediaKind(type) ? type : 'document';
  const name = media?.filename ?? t(`cards.${kind}`);
  if (!url.startsWith('blob:') || kind === 'document')
    return <MediaCard content={{ kind, filename: name, ...(media?.caption && { caption: media.caption }) }} />;
  return (
    <>
      {(kind === 'image' || kind === 'sticker') && (
        <img className={own.picture} data-kind={kind} src={url} alt={name} />
      )}
      {/* biome-ignore lint/a11y/useMediaCaption: a file of the person's own device, which has no captions */}
      {kind === 'video' && <video className={own.picture} src={url} controls aria-label={name} />}
      {/* biome-ignore lint/a11y/useMediaCaption: as above */}
      {kind === 'audio' && <audio className={own.sound} src={url} controls aria-label={name} />}
      {media?.caption && <Words text={media.caption} />}
    </>
  );
}

const KINDS = ['image', 'video', 'audio', 'document', 'sticker'] as const;
const isMediaKind = (type: string): type is (typeof KINDS)[number] => KINDS.some((kind) => kind === type);

function cardIn({ data, text }: InboundMessage): { name: string; phones: string[] } {
  const cards = data?.contacts;
  const [card] = Array.isArray(cards) ? cards : [];
  const { name = text ?? '', phones = [] } = (card ?? {}) as { name?: unknown; phones?: unknown };
  const named = typeof name === 'object' && name !== null && 'formatted_name' in name ? name.formatted_name : name;
  const numbers = Array.isArray(phones) ? phones.map((one) => String((one as { phone?: unknown })?.phone ?? one)) : [];
  return { name: String(named), phones: numbers };
}
