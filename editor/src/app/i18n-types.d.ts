import 'i18next';
import type canvas from '../canvas/words/en.json';
import type chat from '../chat/words/en.json';
import type clashes from '../clashes/words/en.json';
import type counts from '../counts/words/en.json';
import type find from '../find/words/en.json';
import type inspector from '../inspector/words/en.json';
import type bot from '../pages/bot/words/en.json';
import type flows from '../pages/flows/words/en.json';
import type numbers from '../pages/numbers/words/en.json';
import type settings from '../pages/settings/words/en.json';
import type webhookLog from '../pages/webhook-log/words/en.json';
import type palette from '../palette/words/en.json';
import type problems from '../problems/words/en.json';
import type publish from '../publish/words/en.json';
import type simulator from '../simulator/words/en.json';
import type steps from '../steps/words/en.json';
import type ui from '../ui/words/en.json';
import type app from './words/en.json';

/** One line a namespace: keys that do not exist do not compile. */
declare module 'i18next' {
  interface CustomTypeOptions {
    resources: {
      app: typeof app;
      bot: typeof bot;
      chat: typeof chat;
      clashes: typeof clashes;
      counts: typeof counts;
      canvas: typeof canvas;
      find: typeof find;
      flows: typeof flows;
      inspector: typeof inspector;
      numbers: typeof numbers;
      palette: typeof palette;
      problems: typeof problems;
      publish: typeof publish;
      settings: typeof settings;
      simulator: typeof simulator;
      steps: typeof steps;
      ui: typeof ui;
      'webhook-log': typeof webhookLog;
      'node-types': Record<string, string>;
    };
  }
}
