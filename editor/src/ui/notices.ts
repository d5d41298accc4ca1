import { createStore } from '@xstate/store';

export interface Notice {
  number: number;
  text: string;
  tone: 'done' | 'info' | 'error';
  /** A newer one about the same takes its place. */
  topic: string | null;
  /** What can be done about it, such as taking it back. */
  action: { label: string; run: () => void } | null;
}

const MOST = 4; // more would cover the page; the oldest goes first

/** Short sentences at the foot of the page that say what was just done. */
export const notices = createStore({
  context: { shown: [] as readonly Notice[], count: 0 },
  on: {
    said: ({ shown, count }, event: Omit<Notice, 'number'>) => {
      const { text, tone, action, topic } = event;
      const others = shown.filter((one) => one.text !== text && (topic === null || one.topic !== topic)); // the same once more is no second notice
      return { shown: [...others, { number: count + 1, text, tone, action, topic }].slice(-MOST), count: count + 1 };
    },
    read: ({ shown, count }, event: { number: number }) => ({
      shown: shown.filter(({ number }) => number !== event.number),
      count,
    }),
  },
});

/** Tells in passing; what must be read stands in the page instead. */
export const say = (
  text: string,
  { tone = 'done', action = null, topic = null }: Partial<Omit<Notice, 'number' | 'text'>> = {},
) => notices.trigger.said({ text, tone, action, topic });
