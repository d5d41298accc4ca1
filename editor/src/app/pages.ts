import { IconMessageChatbot, IconPhone, IconSettings, IconWebhook } from '@tabler/icons-react';

/** What the navigation leads to, in its order; `name` is a word below `pages`. */
export const PAGES = [
  { path: '/bots', name: 'bots', Icon: IconMessageChatbot },
  { path: '/numbers', name: 'numbers', Icon: IconPhone },
  { path: '/webhook-log', name: 'webhookLog', Icon: IconWebhook },
  { path: '/settings', name: 'settings', Icon: IconSettings },
] as const;
