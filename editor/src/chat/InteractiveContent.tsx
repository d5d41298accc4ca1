import type { ContentOf, Header } from '@parley/runtime';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { FileIcon, ListIcon, PlaceIcon } from '../ui/icons.tsx';
import classes from './bubble.module.css';
import { Choices, Words } from './Choices.tsx';
import { MediaCard, OutsideLink, ProductCard } from './MessageCards.tsx';
import type { Opened } from './opened.ts';

const ICON_SIZE = 16; // pixels, as high as the words beside it

type Interactive = ContentOf<
  'buttons' | 'list' | 'callToAction' | 'locationRequest' | 'form' | 'product' | 'products' | 'carousel'
>;

interface InteractiveContentProps {
  content: Interactive;
  onTap: (choice: { id: string; title: string }) => void;
  onOpen: (content: Opened) => void;
}

/** Header, text and footer, and below them what can be tapped. */
export function InteractiveContent({ content, onTap, onOpen }: InteractiveContentProps) {
  const { header, footer } = { header: undefined, footer: undefined, ...content };
  return (
    <>
      {header !== undefined && <HeaderLine header={header} />}
      {content.text && <Words text={content.text} />}
      {footer && <small>{footer}</small>}
      <Below content={content} onTap={onTap} onOpen={onOpen} />
    </>
  );
}

function HeaderLine({ header }: { header: Header }) {
  if (typeof header === 'string') return header === '' ? null : <strong>{header}</strong>;
  return <MediaCard content={header} />;
}

function Below({ content, onTap, onOpen }: InteractiveContentProps) {
  const { t } = useTranslation('chat');
  switch (content.kind) {
    case 'buttons':
      return <Choices choices={content.buttons} onTap={onTap} />;
    case 'list':
      return <Opener icon={<ListIcon size={ICON_SIZE} />} title={content.button} onOpen={() => onOpen(content)} />;
    case 'callToAction':
      return <Linked url={content.url} title={content.button} />;
    case 'locationRequest':
      return (
        <Opener icon={<PlaceIcon size={ICON_SIZE} />} title={t('cards.sendLocation')} onOpen={() => onOpen(content)} />
      );
    case 'form':
      return <Opener icon={<FileIcon size={ICON_SIZE} />} title={content.button} onOpen={() => onOpen(content)} />;
    case 'product':
      return <ProductCard ids={[content.productId]} />;
    case 'products':
      return content.sections.map(({ title, productIds }) => (
        <ProductCard key={title} title={title} ids={productIds} />
      ));
    case 'carousel':
      return <Cards cards={content.cards} onTap={onTap} />;
  }
}

const Opener = ({ icon, title, onOpen }: { icon: ReactNode; title: string; onOpen: () => void }) => (
  <Choices choices={[{ id: 'open', title, icon }]} onTap={onOpen} />
);

const Linked = ({ url, title }: { url: string; title: string }) => (
  <div className={classes.choices}>
    <span className={classes.choice}>
      <OutsideLink url={url} words={title} />
    </span>
  </div>
);

function Cards({ cards, onTap }: Pick<InteractiveContentProps, 'onTap'> & Pick<ContentOf<'carousel'>, 'cards'>) {
  const { t } = useTranslation('chat');
  return cards.map(({ header, text, url, button, buttons }, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a sent message never changes, and cards have no other name
    <section key={index} className={classes.slide} aria-label={t('cards.card', { number: index + 1 })}>
      <MediaCard content={header} />
      {text && <Words text={text} />}
      {url !== undefined && <Linked url={url} title={button ?? url} />}
      {buttons && <Choices choices={buttons} onTap={onTap} />}
    </section>
  ));
}
