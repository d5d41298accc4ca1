/** Copying and pasting: what panels call. */
export { type Clip, copyText, readClip } from './clip.ts';
export { type Missing, type Pasted, pasteEdits } from './paste.ts';
