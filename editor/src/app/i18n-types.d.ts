import 'i18next';
import type canvas from '../canvas/words/en.json';
import type chat from '../chat/words/en.json';
import type counts from '../counts/words/en.json';
import type find from '../find/words/en.json';
import type inspector from '../inspector/words/en.json';
import type bot from '../pages/bot/words/en.json';
import type palette from '../palette/words/en.json';
import type problems from '../problems/words/en.json';
import type publish from '../publish/words/en.json';
import type simulator from '../simulator/words/en.json';
import type ui from '../ui/words/en.json';

/** One line a namespace: keys that do not exist do not compile. */
declare module 'i18next' {
  interface CustomTypeOptions {
    resources: {
      bot: typeof bot;
      chat: typeof chat;
      counts: typeof counts;
      canvas: typeof canvas;
      find: typeof find;
      inspector: typeof inspector;
      palette: typeof palette;
      problems: typeof problems;
      publish: typeof publish;
      simulator: typeof simulator;
      ui: typeof ui;
      'node-types': Record<string, string>;
    };
  }
}
