import type { ContentOf } from '@parley/runtime';

/** What a tap opens on a phone before anything is sent: rows, a form, the map. */
export type Opened = ContentOf<'list' | 'form' | 'locationRequest'>;
