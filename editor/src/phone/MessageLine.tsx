import { VisuallyHidden } from '@mantine/core';
import { memo } from 'react';
import bubble from '../chat/bubble.module.css';
import { timeOf } from '../chat/moments.ts';
import { CheckIcon, ClockIcon, ErrorIcon, TwoChecksIcon } from '../ui/icons.tsx';
import type { CustomerAct, PhoneMessage } from './control.ts';
import { MessageActions } from './MessageActions.tsx';
import { MessageBody } from './MessageBody.tsx';
import classes from './message.module.css';
import type { About, SheetOf } from './opened.ts';
import { words } from './words.ts';

const say = words.message;

interface MessageLineProps {
  message: PhoneMessage;
  /** What it answers; `unknown` for a message that is not in this chat. */
  quoted: PhoneMessage | 'unknown' | null;
  business: string;
  /** Whether the same side spoke just before. */
  follows: boolean;
  onAct: (what: CustomerAct) => void;
  onSheet: (sheet: SheetOf) => void;
  onAbout: (about: About) => void;
}

/**
 * A bubble with what belongs to it: the quote above, reactions below, and beside it what can be done with it. Drawn again
 * when the message changes only: a chat may have hundreds, and what the handlers do never changes within one chat.
 */
export const MessageLine = memo(
  Line,
  (before, now) =>
    before.message === now.message &&
    before.quoted === now.quoted &&
    before.business === now.business &&
    before.follows === now.follows,
);

function Line({ message, quoted, business, follows, onAct, onSheet, onAbout }: MessageLineProps) {
  const { from, at, reactions, revoked, edited, error } = message;
  const who = from === 'customer' ? say.you : business;
  return (
    <div className={classes.line} data-from={from} data-follows={follows || undefined}>
      <article
        className={`${bubble.bubble} ${classes.bubble}`}
        data-from={from === 'customer' ? 'contact' : 'bot'}
        data-wide={message.interactive ? true : undefined}
      >
        <VisuallyHidden>{say.said(who, timeOf(at))}</VisuallyHidden>
        {quoted && !revoked && <Quote quoted={quoted} business={business} />}
        {revoked ? (
          <em className={classes.revoked}>{say.revoked}</em>
        ) : (
          <MessageBody message={message} onAct={onAct} onSheet={onSheet} />
        )}
        {error && <p className={bubble.failed}>{say.failed(error.code, error.details)}</p>}
        <span className={`${bubble.time} ${classes.foot}`}>
          {edited && !revoked && <span>{say.edited}</span>}
          <time dateTime={at}>{timeOf(at)}</time>
          {from === 'business' && <Ticks status={message.status} />}
        </span>
        {reactions.length > 0 && (
          <span
            className={classes.reactions}
            role="img"
            aria-label={say.reactions(reactions.map(({ emoji }) => emoji).join(' '))}
          >
            {reactions.map((one) => one.emoji).join(' ')}
          </span>
        )}
      </article>
      {!revoked && <MessageActions message={message} who={who} onAct={onAct} onAbout={onAbout} />}
    </div>
  );
}

/** How far a message of the business has come, as its own side of WhatsApp would show it. */
function Ticks({ status }: { status: string }) {
  const name = say.statuses[status] ?? status;
  return (
    <span className={classes.ticks} data-status={status} title={name}>
      <VisuallyHidden>{name}</VisuallyHidden>
      <TickOf status={status} />
    </span>
  );
}

const TICK_SIZE = 15; // pixels, as high as the time beside it

function TickOf({ status }: { status: string }) {
  if (status === 'failed') return <ErrorIcon size={TICK_SIZE} />;
  if (status === 'delivered' || status === 'read') return <TwoChecksIcon size={TICK_SIZE} />;
  return status === 'sent' ? <CheckIcon size={TICK_SIZE} /> : <ClockIcon size={TICK_SIZE} />;
}

function Quote({ quoted, business }: { quoted: PhoneMessage | 'unknown'; business: string }) {
  if (quoted === 'unknown')
    return (
      <blockquote className={classes.quote}>
        <span>{say.longAgo}</span>
      </blockquote>
    );
  return (
    <blockquote className={classes.quote} aria-label={say.quoted}>
      <strong>
        <bdi>{quoted.from === 'customer' ? say.you : business}</bdi>
      </strong>
      <span dir="auto">{previewOf(quoted)}</span>
    </blockquote>
  );
}

export const previewOf = ({ revoked, text, kind, media }: PhoneMessage): string =>
  revoked ? say.revoked : text || media?.filename || (say.kinds[kind] ?? kind);
