import { formatMessage, type Span } from './format-message.ts';

/** A message's text as WhatsApp shows it, built of elements. */
export function FormattedText({ text }: { text: string }) {
  return <Spans spans={formatMessage(text)} />;
}

function Spans({ spans }: { spans: readonly Span[] }) {
  // biome-ignore lint/suspicious/noArrayIndexKey: spans never move within a message, their place is their identity
  return spans.map((span, index) => <OneSpan key={`${index} ${span.kind}`} span={span} />);
}

function OneSpan({ span }: { span: Span }) {
  switch (span.kind) {
    case 'text':
      return span.text;
    case 'code':
      return <code>{span.text}</code>;
    case 'link':
      return (
        <a href={span.url} target="_blank" rel="noopener noreferrer">
          {span.url}
        </a>
      );
    case 'bold':
      return (
        <strong>
          <Spans spans={span.spans} />
        </strong>
      );
    case 'italic':
      return (
        <em>
          <Spans spans={span.spans} />
        </em>
      );
    case 'strike':
      return (
        <s>
          <Spans spans={span.spans} />
        </s>
      );
  }
}
