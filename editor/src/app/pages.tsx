import { type ComponentType, lazy, Suspense } from 'react';
import { FlowsPage } from '../pages/flows/FlowsPage.tsx';
import { usePath } from '../ui/use-address.ts';
import { words } from './words.ts';

interface AppPage {
  path: string;
  label: string;
  Content: ComponentType;
}

const NumbersPage = lazy(() => import('../pages/numbers/NumbersPage.tsx'));
const WebhookLogPage = lazy(() => import('../pages/webhook-log/WebhookLogPage.tsx'));
const BotPage = lazy(() => import('../pages/bot/BotPage.tsx'));
const BOTS: AppPage = { path: '/bots', label: words.bots, Content: FlowsPage };

export const PAGES: readonly AppPage[] = [
  BOTS,
  { path: '/numbers', label: words.numbers, Content: NumbersPage },
  { path: '/webhook-log', label: words.webhookLog, Content: WebhookLogPage },
];

/** The page of the address; the bots where it names none. */
export function usePage(): AppPage {
  const path = usePath();
  return PAGES.find((page) => page.path === path) ?? BOTS;
}

const BOT = /^\/bots\/([^/]+)$/;

export function CurrentPage() {
  const { Content } = usePage();
  const bot = BOT.exec(usePath())?.[1];
  return (
    <Suspense fallback={null}>{bot === undefined ? <Content /> : <BotPage id={decodeURIComponent(bot)} />}</Suspense>
  );
}
