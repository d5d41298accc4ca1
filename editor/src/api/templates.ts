import { request } from './request.ts';

/** A message template as WhatsApp lists it for a number. */
export interface WhatsAppTemplate {
  id: string;
  name: string;
  language: string;
  category: string | null;
  /** APPROVED, PENDING, REJECTED, PAUSED, ... */
  status: string;
  reason: string | null;
  components: Record<string, unknown>[];
}

const MANY = 200; // a page of the API holds so many

export const listTemplates = () =>
  request<{ items: WhatsAppTemplate[] }>('GET', `/api/templates?sort=name&limit=${MANY}`).then(({ items }) => items);
export const syncTemplates = () => request<unknown>('POST', '/api/templates/sync', {});
