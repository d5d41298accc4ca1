import { IconFile } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './media.module.css';
import type { MediaKind } from './media-kinds.ts';

/** A file that is kept here, as far as the browser shows it. */
export function MediaPreview({ kind, address, name }: { kind: MediaKind; address: string; name: string | null }) {
  const { t } = useTranslation('inspector');
  switch (kind) {
    case 'image':
    case 'sticker':
      return <img className={classes.picture} src={address} alt={t('media.preview')} />;
    case 'video':
      return (
        // biome-ignore lint/a11y/useMediaCaption: the marketer's own file, which brings no captions
        <video className={classes.picture} src={address} controls preload="metadata" aria-label={t('media.preview')} />
      );
    case 'audio':
      return (
        // biome-ignore lint/a11y/useMediaCaption: the marketer's own file, which brings no captions
        <audio className={classes.sound} src={address} controls preload="metadata" aria-label={t('media.preview')} />
      );
    case 'document':
      return (
        <a className={classes.document} href={`${address}?download=1`} download>
          <IconFile size={20} aria-hidden="true" />
          <bdi>{name ?? t('media.document')}</bdi>
        </a>
      );
  }
}
