import type { Interactive, Said } from './model.ts';

/** An interactive message that shows nothing yet. */
export const bareInteractive = (): Interactive => ({
  type: 'other',
  header: null,
  body: null,
  footer: null,
  buttons: [],
  label: null,
  sections: [],
  url: null,
  flow: null,
  cards: [],
});

/** Where the phone page finds a file. */
export const addressOf = (media: Said['media']): string | null =>
  media === null ? null : 'link' in media ? media.link : `/_/media/${media.id}`;
