import { useState } from 'react';
import bubble from '../chat/bubble.module.css';
import { FileIcon } from '../ui/icons.tsx';
import type { PhoneMessage } from './control.ts';
import classes from './message.module.css';
import { words } from './words.ts';

const say = words.message;

interface MediaBodyProps {
  kind: string;
  media: NonNullable<PhoneMessage['media']>;
}

/** The file itself: seen, played, or to be opened. */
export function MediaBody({ kind, media: { url, contentType, filename } }: MediaBodyProps) {
  const name = filename ?? say.kinds[kind] ?? say.file;
  const type = contentType?.split('/', 1)[0] ?? kind;
  if (url === null || !isFetchable(url)) return <FileCard name={name} url={null} contentType={contentType} />;
  if (kind === 'document') return <FileCard name={name} url={url} contentType={contentType} />;
  if (type === 'image' || kind === 'image' || kind === 'sticker')
    return <Picture url={url} name={name} isSticker={kind === 'sticker'} />;
  // biome-ignore-start lint/a11y/useMediaCaption: what people send each other has no captions
  if (type === 'video' || kind === 'video')
    return <video className={classes.video} src={url} controls preload="metadata" />;
  if (type === 'audio' || kind === 'audio')
    return <audio className={classes.audio} src={url} controls preload="metadata" aria-label={name} />;
  // biome-ignore-end lint/a11y/useMediaCaption: what people send each other has no captions
  return <FileCard name={name} url={url} contentType={contentType} />;
}

interface PictureProps {
  url: string;
  name: string;
  isSticker?: boolean;
}

/** What turns out to be no picture is shown as a file. */
export function Picture({ url, name, isSticker = false }: PictureProps) {
  const [isBroken, setIsBroken] = useState(false);
  if (isBroken || !isFetchable(url)) return <FileCard name={name} url={url} contentType={null} />;
  return (
    <a href={url} target="_blank" rel="noopener noreferrer" className={isSticker ? classes.sticker : classes.picture}>
      <img src={url} alt={name} referrerPolicy="no-referrer" onError={() => setIsBroken(true)} />
    </a>
  );
}

interface FileCardProps {
  name: string;
  url: string | null;
  contentType: string | null;
}

function FileCard({ name, url, contentType }: FileCardProps) {
  return (
    <div className={bubble.card}>
      <FileIcon />
      <div className={bubble.cardWords}>
        {url !== null && isFetchable(url) ? (
          <a href={url} target="_blank" rel="noopener noreferrer">
            <bdi>{name}</bdi>
          </a>
        ) : (
          <strong>
            <bdi>{name}</bdi>
          </strong>
        )}
        {contentType && <small>{contentType}</small>}
      </div>
    </div>
  );
}

/** Files lie in the simulator or on the web; anything else a business may have written is no address. */
export const isFetchable = (url: string): boolean => url.startsWith('/_/media/') || /^https?:\/\//i.test(url);
