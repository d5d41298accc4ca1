const KINDS = [
  'image',
  'video',
  'audio',
  'document',
  'sticker',
  'location',
  'contacts',
  'reaction',
  'order',
  'form',
] as const;
/** As the API of the trial phone calls a form that is filled in. */
const ALSO: Readonly<Record<string, string>> = { flow: 'form' };

/** What a message without words is, whatever its letters' case. */
export function kindWords(type: string) {
  const plain = type.toLowerCase();
  const kind = KINDS.find((one) => one === (ALSO[plain] ?? plain)) ?? 'other';
  return `phone.kinds.${kind}` as const;
}
