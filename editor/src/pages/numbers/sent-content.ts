import type { OutboundContent } from '@parley/runtime';
import type { Message } from '../../api/conversations.ts';

const FILES = ['video', 'audio', 'document'] as const;

/** What a bot sent, as the cards of a chat take it; null where its words or its picture are all there is. */
export function sentContent({
  type,
  text,
  interactive,
  template,
  location,
  attachments,
}: Message): OutboundContent | null {
  if (interactive) return interactive;
  if (template) return template;
  if (location) return location;
  const [file] = attachments;
  const kind = FILES.find((one) => one === type.toLowerCase());
  if (!file || !kind) return null;
  const named = { ...(file.filename && { filename: file.filename }), ...(text && { caption: text }) };
  return { kind, ...(file.url && { url: new URL(file.url, window.location.href).href }), ...named } as OutboundContent;
}
