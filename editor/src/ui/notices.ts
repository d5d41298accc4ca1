import { createStore } from '@xstate/store';

export interface Notice {
  number: number;
  text: string;
  tone: 'done' | 'info' | 'error';
  /** What can be done about it, such as taking it back. */
  action: { label: string; run: () => void } | null;
}

const MOST = 4; // more would cover the page; the oldest goes first

/** Short sentences at the foot of the page that say what was just done. */
export const notices = createStore({
  context: { shown: [] as readonly Notice[], count: 0 },
  on: {
    said: ({ shown, count }, event: Omit<Notice, 'number'>) => {
      const { text, tone, action } = event;
      const others = shown.filter((one) => one.text !== text); // the same once more is no second notice
      return { shown: [...others, { number: count + 1, text, tone, action }].slice(-MOST), count: count + 1 };
    },
    read: ({ shown, count }, event: { number: number }) => ({
      shown: shown.filter(({ number }) => number !== event.number),
      count,
    }),
  },
});

/** Tells in passing; what must be read stands in the page instead. */
export const say = (text: string, { tone = 'done', action = null }: Partial<Pick<Notice, 'tone' | 'action'>> = {}) =>
  notices.trigger.said({ text, tone, action });
