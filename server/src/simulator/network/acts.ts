/** What a customer can do on a phone. A voice note is an audio that was spoken; `flow` is a form that was filled in. */
export const ACTS = [
  'text',
  'button',
  'list',
  'image',
  'video',
  'audio',
  'voice',
  'document',
  'sticker',
  'location',
  'contacts',
  'reaction',
  'flow',
  'order',
  'edit',
  'revoke',
] as const;

export type Act = (typeof ACTS)[number];
