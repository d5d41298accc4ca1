import { isObject } from '@parley/runtime';
import type { Answer } from '../errors/ask.ts';
import type { Graph } from './graph.ts';
import { textOf } from './read.ts';

/** A template as a provider tells it. */
export interface ToldTemplate {
  /** Meta's id, as text; Twilio's content SID (`HX…`). */
  providerId: string;
  name: string;
  language: string;
  category: string | null;
  /** In upper case, as Meta writes it: APPROVED, PENDING, REJECTED, PAUSED, DISABLED, … */
  status: string;
  /** GREEN, YELLOW, RED or UNKNOWN. */
  quality: string | null;
  reason: string | null;
  components: unknown[];
}

const FIELDS = 'id,name,language,category,status,quality_score,rejected_reason,components';
const PAGE = '100';
const MAX_PAGES = 70; // a verified portfolio has 6,000 templates

/** Every template of the WhatsApp account. Source: Meta, `GET /{WABA}/message_templates`. */
export async function readMetaTemplates(graph: Graph, businessAccountId: string): Promise<Answer<Listed>> {
  const path = `/${encodeURIComponent(businessAccountId)}/message_templates`;
  const answer = await graph.rows(path, { fields: FIELDS, limit: PAGE }, MAX_PAGES);
  if (!answer.ok) return answer;
  const { rows, whole } = answer.value;
  return { ok: true, value: { templates: rows.flatMap(templateOf), whole } };
}

export interface Listed {
  templates: ToldTemplate[];
  /** False where there were more pages than are read. */
  whole: boolean;
}

function templateOf(row: unknown): ToldTemplate[] {
  if (!isObject(row)) return [];
  const [providerId, name, language] = [textOf(row.id), textOf(row.name), textOf(row.language)];
  if (providerId === null || name === null || language === null) return [];
  const reason = textOf(row.rejected_reason);
  return [
    {
      providerId,
      name,
      language,
      category: textOf(row.category),
      status: (textOf(row.status) ?? 'UNKNOWN').toUpperCase(),
      quality: isObject(row.quality_score) ? textOf(row.quality_score.score) : null,
      reason: reason === 'NONE' ? null : reason,
      components: Array.isArray(row.components) ? row.components : [],
    },
  ];
}
