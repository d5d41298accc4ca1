import 'i18next';
import type inspector from '../inspector/words/en.json';
import type bot from '../pages/bot/words/en.json';
import type palette from '../palette/words/en.json';

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: {
      bot: typeof bot;
      inspector: typeof inspector;
      palette: typeof palette;
    };
  }
}
