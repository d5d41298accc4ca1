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

/** What became of reading one number's templates: how many it has, or why they could not be read. */
export interface TemplateReading {
  channelId: string;
  /** Null where nothing was read. */
  count: number | null;
  problem: { code: string; message: string; remedy: string } | null;
}

const MANY = 200; // a page of the API holds so many

export async function listTemplates(): Promise<WhatsAppTemplate[]> {
  const found: WhatsAppTemplate[] = [];
  let next: string | null = null;
  do {
    const query = new URLSearchParams({ sort: 'name', limit: String(MANY), ...(next !== null && { cursor: next }) });
    const page: { items: WhatsAppTemplate[]; next: string | null } = await request('GET', `/api/templates?${query}`);
    found.push(...page.items);
    next = page.next;
  } while (next !== null);
  return found;
}

/** Asks WhatsApp, or Twilio, for the templates of all numbers that are on. */
export const readTemplates = async (): Promise<TemplateReading[]> =>
  (await request<{ channels: TemplateReading[] }>('POST', '/api/templates/sync', {})).channels;
