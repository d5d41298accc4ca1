import { Fragment } from 'react';
import { formatMessage, type Span } from '../chat/format-message.ts';
import classes from './card.module.css';

const EXPRESSION = /\{\{\{?\s*([\s\S]*?)\s*\}?\}\}/g;
/** Letters for private use stand in for an expression while marks are read: `*Hi {{name}}*` is bold as a whole. */
const [OPEN, CLOSE] = ['\uE000', '\uE001'];
const PLACEHOLDER = /\uE000(\d+)\uE001/;
const MOST = 480; // letters of a text that a card reads; it shows some lines only

/** A text as its author wrote it: WhatsApp's marks are shown, `{{variables}}` are chips, addresses lead nowhere. */
export function DraftText({ text, most = MOST }: { text: string; most?: number }) {
  const expressions: string[] = [];
  const short = text.length > most ? `${text.slice(0, most)}…` : text;
  const marked = short.replaceAll(/[\uE000\uE001]/g, '').replace(EXPRESSION, (_, inside: string) => {
    expressions.push(inside);
    return `${OPEN}${expressions.length - 1}${CLOSE}`;
  });
  return <Spans spans={formatMessage(marked)} expressions={expressions} />;
}

const TAGS = { bold: 'strong', italic: 'em', strike: 's' } as const;

function Spans({ spans, expressions }: { spans: readonly Span[]; expressions: readonly string[] }) {
  return spans.map((span, index) => {
    const key = `${index} ${span.kind}`;
    if (span.kind === 'text') return <Chips key={key} text={span.text} expressions={expressions} />;
    if (span.kind === 'code')
      return (
        <code key={key}>
          <Chips text={span.text} expressions={expressions} />
        </code>
      );
    if (span.kind === 'link')
      return (
        <span key={key} className={classes.link}>
          <Chips text={span.url} expressions={expressions} />
        </span>
      );
    const Tag = TAGS[span.kind];
    return (
      <Tag key={key}>
        <Spans spans={span.spans} expressions={expressions} />
      </Tag>
    );
  });
}

function Chips({ text, expressions }: { text: string; expressions: readonly string[] }) {
  // Split by a pattern with one group: every second part is an expression's number
  return text.split(PLACEHOLDER).map((part, index) => {
    const key = `${index}`;
    if (index % 2 === 0) return <Fragment key={key}>{part}</Fragment>;
    return (
      <span key={key} className={classes.chip} dir="ltr">
        {expressions[Number(part)]}
      </span>
    );
  });
}
