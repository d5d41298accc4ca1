import type { FlowNode } from '@parley/runtime';
import { IconExternalLink, IconFile, IconMicrophone, IconPhoto, IconSticker, IconVideo } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useNodeName } from '../document/node-name.ts';
import { useOpenFlow } from '../document/use-document.ts';
import { readConfig } from '../steps/config.ts';
import { useNodeWords } from '../ui/node-words.ts';
import classes from './card.module.css';
import { DraftText } from './DraftText.tsx';
import { summarize } from './summary/summarize.ts';
import { type Bubble, type Line, type MediaKind, nameFinder } from './summary/summary.ts';

const MOST_LINES = 6; // a card is looked at, not read; the inspector has the rest

/** What a node says or does, as far as a card has room. */
export function CardBody({ node, isKnown }: { node: FlowNode; isKnown: boolean }) {
  const { t, i18n } = useTranslation('canvas');
  const word = useNodeWords();
  const named = useNodeName();
  const { document } = useOpenFlow();
  if (!isKnown) return <UnknownBody node={node} />;
  const nameOf = nameFinder(document.store.getSnapshot().context.flow, named);
  const { bubble, lines, missing } = summarize(node.type, {
    config: readConfig(node.config),
    nameOf,
    t,
    word,
    language: i18n.language,
  });
  return (
    <div className={classes.body}>
      {bubble && <BubbleView bubble={bubble} />}
      {lines.slice(0, MOST_LINES).map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name than their place
        <LineView key={index} line={line} />
      ))}
      {lines.length > MOST_LINES && <p className={classes.quiet}>{t('more', { count: lines.length - MOST_LINES })}</p>}
      {missing && <p className={classes.missing}>{missing}</p>}
    </div>
  );
}

/** The package of this type is gone: everything is kept, and shown as it is written. */
function UnknownBody({ node }: { node: FlowNode }) {
  const { t } = useTranslation('canvas');
  return (
    <div className={classes.body}>
      <p className={classes.missing}>{t('unknownHint', { type: node.type })}</p>
      <pre className={classes.code} dir="ltr">
        {JSON.stringify(node.config, null, 1).slice(0, 300)}
      </pre>
    </div>
  );
}

const MEDIA_ICONS: Readonly<Record<MediaKind, typeof IconPhoto>> = {
  image: IconPhoto,
  video: IconVideo,
  audio: IconMicrophone,
  document: IconFile,
  sticker: IconSticker,
};

function BubbleView({ bubble: { header, media, text, footer, opener } }: { bubble: Bubble }) {
  const isEmpty = !header && !media && !text && !footer;
  if (isEmpty && !opener) return null;
  return (
    <div className={classes.bubble}>
      {media && <MediaView media={media} />}
      {header && (
        <strong className={classes.header} dir="auto">
          <DraftText text={header} />
        </strong>
      )}
      {text && (
        <div className={classes.text} dir="auto">
          <DraftText text={text} />
        </div>
      )}
      {footer && (
        <small className={classes.footer} dir="auto">
          {footer}
        </small>
      )}
      {opener && (
        <span className={classes.opener} dir="auto">
          <IconExternalLink size={14} aria-hidden="true" />
          {opener}
        </span>
      )}
    </div>
  );
}

/** Files of our own library are shown; another host is never asked. */
function MediaView({ media: { kind, name, mediaId } }: { media: NonNullable<Bubble['media']> }) {
  const Icon = MEDIA_ICONS[kind];
  const isPicture = (kind === 'image' || kind === 'sticker') && mediaId !== undefined && !mediaId.includes('{{');
  return (
    <span className={classes.media} data-picture={isPicture || undefined}>
      {isPicture && (
        <img src={`/api/media/${encodeURIComponent(mediaId)}`} alt="" loading="lazy" draggable={false} onError={hide} />
      )}
      <span className={classes.file}>
        <Icon size={18} aria-hidden="true" />
        <bdi>
          <DraftText text={name} />
        </bdi>
      </span>
    </span>
  );
}

const hide = ({ currentTarget }: { currentTarget: HTMLImageElement }): void => {
  currentTarget.hidden = true;
};

function LineView({ line: { text, look } }: { line: Line }) {
  if (look === 'code')
    return (
      <pre className={classes.code} dir="ltr">
        <DraftText text={text} />
      </pre>
    );
  return (
    <p className={look === 'quiet' ? classes.quiet : classes.line} dir="auto">
      <DraftText text={text} />
    </p>
  );
}
