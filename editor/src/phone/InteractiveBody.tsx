import { UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import bubble from '../chat/bubble.module.css';
import { Choices } from '../chat/Choices.tsx';
import { OutsideLink, ProductCard } from '../chat/MessageCards.tsx';
import { FileIcon, ListIcon, PlaceIcon } from '../ui/icons.tsx';
import { say as notice } from '../ui/notices.ts';
import type { CustomerAct, Interactive, PhoneMessage, PressButton } from './control.ts';
import { DirectedWords } from './DirectedWords.tsx';
import { isFetchable, MediaBody, Picture } from './MediaBody.tsx';
import classes from './message.module.css';
import type { SheetOf } from './opened.ts';
import { words } from './words.ts';

const say = words.message;
const ICON_SIZE = 16; // pixels, as high as the words beside it

interface InteractiveBodyProps {
  message: PhoneMessage;
  interactive: Interactive;
  onAct: (what: CustomerAct) => void;
  onSheet: (sheet: SheetOf) => void;
}

/** Header, text and footer, and below them what can be pressed. */
export function InteractiveBody({ message, interactive, onAct, onSheet }: InteractiveBodyProps) {
  const { header, body, footer, cards } = interactive;
  const press = (button: PressButton) =>
    onAct({ type: 'button', id: button.id, title: button.title, replyTo: message.id });
  return (
    <>
      {message.media ? (
        <MediaBody kind={message.kind} media={message.media} />
      ) : (
        header?.mediaUrl && <Picture url={header.mediaUrl} name={say.file} />
      )}
      {header?.text && <strong dir="auto">{header.text}</strong>}
      {body && <DirectedWords text={body} />}
      {footer && <small dir="auto">{footer}</small>}
      <Special message={message} interactive={interactive} onAct={onAct} onSheet={onSheet} />
      {interactive.type !== 'product' && <Buttons buttons={interactive.buttons} onPress={press} />}
      {cards.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
        <section className={classes.slides} aria-label={say.cards} tabIndex={0}>
          {cards.map((card, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a sent message never changes, and cards have no other name
            <div key={index} className={classes.slide}>
              {card.header !== null && <CardHeader header={card.header} />}
              {card.body && <DirectedWords text={card.body} />}
              <Buttons buttons={card.buttons} onPress={press} />
            </div>
          ))}
        </section>
      )}
    </>
  );
}

/** A file's address, or words. */
const CardHeader = ({ header }: { header: string }) =>
  isFetchable(header) ? (
    <Picture url={header} name={say.kinds.image ?? say.file} />
  ) : (
    <strong dir="auto">{header}</strong>
  );

/** What opens something, where a type has it. */
function Special({ message, interactive, onAct, onSheet }: InteractiveBodyProps) {
  const { type, label, sections, buttons } = interactive;
  switch (type) {
    case 'list':
      return (
        <Opener
          icon={<ListIcon size={ICON_SIZE} />}
          title={label ?? words.message.kinds.interactive ?? type}
          onOpen={() => onSheet({ kind: 'list', message })}
        />
      );
    case 'flow':
      return (
        <Opener
          icon={<FileIcon size={ICON_SIZE} />}
          title={label ?? type}
          onOpen={() => onSheet({ kind: 'form', message })}
        />
      );
    case 'location_request':
      return (
        <Opener
          icon={<PlaceIcon size={ICON_SIZE} />}
          title={words.location.send}
          onOpen={() => onSheet({ kind: 'location', message })}
        />
      );
    case 'product':
    case 'product_list': {
      const shelves = sections.length > 0 ? sections : [{ title: null, rows: buttons }];
      const ids = shelves.flatMap(({ rows }) => rows.map(({ id }) => id));
      return (
        <>
          {shelves.map(({ title, rows }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a sent message never changes, and titles may be alike
            <ProductCard key={index} {...(title !== null && { title })} ids={rows.map(({ id }) => id)} />
          ))}
          <Choices
            choices={[{ id: 'order', title: ids.length === 1 ? say.orderOne : say.orderAll }]}
            onTap={() => onAct({ type: 'order', order: orderOf(ids), replyTo: message.id })}
          />
        </>
      );
    }
    default:
      return null;
  }
}

/** As Meta tells of a filled cart; the catalogue's own facts are not known here. */
const orderOf = (ids: readonly string[]) => ({
  catalog_id: '1',
  text: '',
  product_items: ids.map((id) => ({ product_retailer_id: id, quantity: 1, item_price: 1, currency: 'EUR' })),
});

const Opener = ({ icon, title, onOpen }: { icon: ReactNode; title: string; onOpen: () => void }) => (
  <Choices choices={[{ id: 'open', title, icon }]} onTap={onOpen} />
);

/** Answers, links, numbers to call and codes to copy, in the order in which they were sent. */
function Buttons({ buttons, onPress }: { buttons: readonly PressButton[]; onPress: (button: PressButton) => void }) {
  if (buttons.length === 0) return null;
  return (
    <div className={bubble.choices}>
      {buttons.map((button, index) =>
        button.url === undefined ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: a business may give two buttons one id
          <UnstyledButton key={index} className={bubble.choice} onClick={() => onPress(button)}>
            {button.title}
          </UnstyledButton>
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: a business may give two buttons one id
          <Outside key={index} button={{ ...button, url: button.url }} />
        ),
      )}
    </div>
  );
}

function Outside({ button: { id, title, url } }: { button: PressButton & { url: string } }) {
  if (isFetchable(url))
    return (
      <span className={bubble.choice}>
        <OutsideLink url={url} words={title} />
      </span>
    );
  const told = url.startsWith('tel:') ? url.slice('tel:'.length) : say.code(id);
  return (
    <UnstyledButton className={bubble.choice} onClick={() => notice(`${title}: ${told}`)}>
      {title}
    </UnstyledButton>
  );
}
