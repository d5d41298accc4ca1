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

export function CurrentPage() {
  const { Content } = usePage();
  return (
    <Suspense fallback={null}>
      <Content />
    </Suspense>
  );
}
