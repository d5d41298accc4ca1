import { createStore } from '@xstate/store';

interface NoticeState {
  notice: { text: string; number: number } | null;
  count: number;
}

/** The one short sentence at the foot of the page that says what was just done. */
export const notices = createStore({
  context: { notice: null, count: 0 } as NoticeState,
  on: {
    said: ({ count }, event: { text: string }) => ({
      notice: { text: event.text, number: count + 1 },
      count: count + 1,
    }),
    read: (context) => ({ ...context, notice: null }),
  },
});

export const say = (text: string): void => notices.trigger.said({ text });
