import type { JsonObject } from '@parley/runtime';
import type { TemplateChange } from '../templates/store.ts';

export interface TemplateNews {
  providerId: string;
  change: TemplateChange;
  /** Whether its text may have changed, so that it has to be read anew. */
  reread: boolean;
  /** For the administrators; null where nobody has to act. */
  words: string | null;
}

/** What each event of a template's status makes of it. Source: Meta, "message_template_status_update". */
const STATUS: Record<string, string> = {
  REINSTATED: 'APPROVED',
  // Still sent, but about to be switched off
  FLAGGED: 'APPROVED',
};
const ALARMING: Record<string, string> = {
  REJECTED: 'was rejected by Meta',
  PAUSED: 'was paused by Meta, because people did not like it',
  DISABLED: 'was switched off by Meta',
  FLAGGED: 'will be switched off by Meta, because people do not like it',
};

/** Null where the field tells of no template. `facts` are in Meta's own names. */
export function tellTemplate(field: string, facts: JsonObject): TemplateNews | null {
  const providerId = textOf(facts.message_template_id);
  if (providerId === null) return null;
  const name = `The template "${textOf(facts.message_template_name) ?? providerId}"`;
  switch (field) {
    case 'message_template_status_update': {
      const event = (textOf(facts.event) ?? 'UNKNOWN').toUpperCase();
      const reason = reasonOf(facts);
      const alarm = ALARMING[event];
      return {
        providerId,
        change: { status: STATUS[event] ?? event, reason },
        reread: false,
        words: alarm ? `${name} ${alarm}${reason ? ` (${reason})` : ''}. Improve it in WhatsApp Manager.` : null,
      };
    }
    case 'message_template_quality_update': {
      const quality = textOf(facts.new_quality_score);
      const bad = quality === 'RED';
      const words = bad ? `${name} is of low quality: Meta may pause it. Change its words, or send it less.` : null;
      return { providerId, change: { quality }, reread: false, words };
    }
    case 'template_category_update': {
      // Before the change `new_category` is still the present one, and `correct_category` the one to come
      const coming = textOf(facts.correct_category);
      const category = textOf(facts.new_category);
      const words = coming
        ? `${name} will become ${coming}, which may cost more. Ask for a review in WhatsApp Manager if that is wrong.`
        : `${name} is ${category ?? 'of another category'} now, which may change what it costs.`;
      return { providerId, change: category ? { category } : {}, reread: false, words };
    }
    case 'message_template_components_update':
      return { providerId, change: {}, reread: true, words: null };
    default:
      return null;
  }
}

function reasonOf({ reason, rejection_info: info, disable_info: disable }: JsonObject): string | null {
  const told = partOf(info, 'reason') ?? partOf(disable, 'disable_date') ?? textOf(reason);
  return told === 'NONE' ? null : told;
}

const partOf = (value: unknown, name: string): string | null =>
  typeof value === 'object' && value !== null && name in value ? textOf(Reflect.get(value, name)) : null;

const textOf = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value.slice(0, 300) : typeof value === 'number' ? String(value) : null;
