import { useFormats } from './formats.ts';

/** "5 minutes ago", with the exact moment in the tooltip. */
export function RelativeTime({ at, now }: { at: string; now: Date }) {
  const { ago, dateTime } = useFormats();
  return (
    <time dateTime={at} title={dateTime(new Date(at))}>
      {ago(new Date(at), now)}
    </time>
  );
}
