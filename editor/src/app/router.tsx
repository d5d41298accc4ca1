import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import i18next from 'i18next';
import { BotSkeleton } from '../pages/bot/BotSkeleton.tsx';
import { addressHistory } from '../ui/use-address.ts';
import { keepScroll } from './keep-scroll.ts';
import { NotFound } from './NotFound.tsx';
import { PageTrouble } from './PageTrouble.tsx';
import { Shell } from './Shell.tsx';

/** Names of pages in the words, below `pages`. */
export type PageName = 'bots' | 'bot' | 'numbers' | 'webhookLog' | 'settings';

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
  interface StaticDataRouteOption {
    title?: PageName;
    /** Takes all of the window and scrolls by itself. */
    isFullBleed?: boolean;
  }
}

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound, errorComponent: PageTrouble });

const elsewhere = (path: '/' | '/setup') =>
  createRoute({
    getParentRoute: () => root,
    path,
    beforeLoad: () => {
      throw redirect({ to: '/bots', replace: true });
    },
  });

const bots = createRoute({
  getParentRoute: () => root,
  path: '/bots',
  staticData: { title: 'bots' },
  component: lazyRouteComponent(() => import('../pages/flows/FlowsPage.tsx'), 'FlowsPage'),
});

/** Words of what a bot's page shows at once: asked for together with its code, not one after the other by who needs them. */
const BOT_WORDS = ['bot', 'canvas', 'palette', 'steps', 'problems', 'publish', 'inspector', 'chat', 'node-types'];
const BotPage = lazyRouteComponent(() => import('../pages/bot/BotPage.tsx'));
const bot = createRoute({
  getParentRoute: () => root,
  path: '/bots/$id',
  staticData: { title: 'bot', isFullBleed: true },
  loader: () => {
    void i18next.loadNamespaces(BOT_WORDS);
    return BotPage.preload?.();
  },
  pendingComponent: BotSkeleton,
  pendingMs: 0, // rather than a blank page
  pendingMinMs: 0,
  component: OneBot,
});
function OneBot() {
  const { id } = bot.useParams();
  return <BotPage key={id} id={id} />;
}

const numbers = createRoute({
  getParentRoute: () => root,
  path: '/numbers',
  staticData: { title: 'numbers' },
  component: lazyRouteComponent(() => import('../pages/numbers/NumbersPage.tsx')),
});

const webhookLog = createRoute({
  getParentRoute: () => root,
  path: '/webhook-log',
  staticData: { title: 'webhookLog' },
  component: lazyRouteComponent(() => import('../pages/webhook-log/WebhookLogPage.tsx')),
});

const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  staticData: { title: 'settings' },
  component: lazyRouteComponent(() => import('../pages/settings/SettingsPage.tsx')),
});

export const router = createRouter({
  routeTree: root.addChildren([elsewhere('/'), elsewhere('/setup'), bots, bot, numbers, webhookLog, settings]),
  history: addressHistory,
  defaultErrorComponent: PageTrouble,
  // The query is the pages' own plain text: `?try=12` stays what it is
  parseSearch: (search) => Object.fromEntries(new URLSearchParams(search)),
  stringifySearch: (parts) => {
    const text = new URLSearchParams(parts as Record<string, string>).toString();
    return text && `?${text}`;
  },
});

keepScroll(router);
