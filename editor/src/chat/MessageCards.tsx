import type { OutboundContent } from '@parley/runtime';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { FileIcon, PersonIcon, PictureIcon, PlaceIcon, SoundIcon, TemplateIcon, VideoIcon } from '../ui/icons.tsx';
import classes from './bubble.module.css';
import { FormattedText } from './FormattedText.tsx';

type Content<Kind extends OutboundContent['kind']> = Extract<OutboundContent, { kind: Kind }>;
interface Media {
  kind: 'image' | 'video' | 'audio' | 'document' | 'sticker';
  url?: string;
  mediaId?: string;
  caption?: string;
  filename?: string;
}

const ICONS = {
  image: PictureIcon,
  sticker: PictureIcon,
  video: VideoIcon,
  audio: SoundIcon,
  document: FileIcon,
} as const;

function Card({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <div className={classes.card}>
      {icon}
      <div className={classes.cardWords}>{children}</div>
    </div>
  );
}

/** The file itself is not fetched: the page asks no other server for anything. */
export function MediaCard({ content }: { content: Media }) {
  const { t } = useTranslation('chat');
  const Icon = ICONS[content.kind];
  const { caption, filename } = content;
  return (
    <>
      <Card icon={<Icon />}>
        <strong>{filename ?? t(`cards.${content.kind}`)}</strong>
        {content.url === undefined ? <small>{t('cards.stored')}</small> : <OutsideLink url={content.url} />}
      </Card>
      {caption && (
        <div className={classes.text}>
          <FormattedText text={caption} />
        </div>
      )}
    </>
  );
}

export function LocationCard({ content }: { content: Content<'location'> }) {
  const { t } = useTranslation('chat');
  const { latitude, longitude, title, address } = content;
  const url = `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`;
  return (
    <Card icon={<PlaceIcon />}>
      <strong>{title ?? t('cards.location')}</strong>
      {address && <small>{address}</small>}
      <small>
        {latitude}, {longitude}
      </small>
      <OutsideLink url={url} words={t('cards.map')} />
    </Card>
  );
}

export function ContactsCard({ content }: { content: Content<'contacts'> }) {
  return content.contacts.map(({ name, phones }) => (
    <Card key={name} icon={<PersonIcon />}>
      <strong>{name}</strong>
      {phones.map((phone) => (
        <small key={phone}>{phone}</small>
      ))}
    </Card>
  ));
}

export function TemplateCard({ content: { name, language, parameters, header } }: { content: Content<'template'> }) {
  const { t } = useTranslation('chat');
  const values = Object.entries({ ...(header?.text && { header: header.text }), ...parameters });
  return (
    <Card icon={<TemplateIcon />}>
      <strong>{name}</strong>
      <small>
        {t(values.length > 0 ? 'cards.templateHint' : 'cards.noParameters', { name: t('cards.template'), language })}
      </small>
      {values.length > 0 && (
        <dl className={classes.values}>
          {values.map(([key, value]) => (
            <div key={key} style={{ display: 'contents' }}>
              <dt>{key}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </Card>
  );
}

/** The catalogue is WhatsApp's: here only the products' numbers are known. */
export function ProductCard({ title, ids }: { title?: string; ids: readonly string[] }) {
  const { t } = useTranslation('chat');
  return (
    <Card icon={<TemplateIcon />}>
      <strong>{title ?? t('cards.product')}</strong>
      {ids.map((id) => (
        <small key={id}>{id}</small>
      ))}
    </Card>
  );
}

/** Only web addresses become links; a flow's author may have written anything. */
export function OutsideLink({ url, words = url }: { url: string; words?: string }) {
  if (!/^https?:\/\//i.test(url)) return <small>{url}</small>;
  return (
    <a href={url} target="_blank" rel="noopener noreferrer">
      {words}
    </a>
  );
}
