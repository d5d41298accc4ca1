import { isObject, type JsonObject } from '@parley/runtime';
import type { News } from './diagnostics/facts.ts';

export interface Told {
  /** What it is about: later news of the same takes its place. */
  about: 'account' | 'quality' | 'security' | 'limits' | 'name';
  /** Null: what was told before no longer holds. */
  news: News | null;
  words: string | null;
}

/** Of the news that another sign-up mends. */
export const APP_REMOVED = 'app_removed';

const DAY = 86_400_000; // ms
const STANDING = 30 * DAY; // a ban or a restriction that nobody takes back in words
const PASSING = 7 * DAY;
const SMALL_LIMIT = 250; // people a day: the lowest of Meta's steps

const MANAGER = 'Open Account Quality in Meta Business Settings: it shows the reason, and takes a request for review.';

/** Null where the field tells nothing of the account or the number. Source: Meta, the reference of the webhooks' fields. */
export function tellAccount(field: string, facts: JsonObject, now: Date): Told | null {
  switch (field) {
    case 'account_update':
      return accountUpdate(facts, now);
    case 'account_review_update':
      return textOf(facts.decision) === 'REJECTED'
        ? trouble(
            'account',
            'account_rejected',
            'Meta rejected the WhatsApp account in its review.',
            MANAGER,
            later(now, STANDING),
          )
        : { about: 'account', news: null, words: null };
    case 'phone_number_quality_update':
      return quality(facts, now);
    case 'phone_number_name_update':
      return textOf(facts.decision) === 'REJECTED'
        ? trouble(
            'name',
            'name_rejected',
            'Meta rejected the number’s display name.',
            'Choose another display name in WhatsApp Manager.',
            later(now, STANDING),
            'warning',
          )
        : { about: 'name', news: null, words: null };
    case 'security':
      return trouble(
        'security',
        'security',
        `Something happened to the number’s PIN (${shown(facts.event)}).`,
        'If it was none of you, set a new PIN in WhatsApp Manager, under Two-step verification, and look who has access.',
        later(now, PASSING),
        textOf(facts.event) === 'PIN_RESET_REQUEST' ? 'failing' : 'warning',
      );
    case 'business_capability_update':
      return capability(facts, now);
    default:
      return null;
  }
}

function accountUpdate(facts: JsonObject, now: Date): Told | null {
  const event = textOf(facts.event);
  switch (event) {
    case 'DISABLED_UPDATE': {
      const ban = isObject(facts.ban_info) ? facts.ban_info : {};
      const state = textOf(ban.waba_ban_state);
      if (state === 'REINSTATE')
        return { about: 'account', news: null, words: 'Meta has opened the WhatsApp account again.' };
      const date = textOf(ban.waba_ban_date);
      const what = state === 'SCHEDULE_FOR_DISABLE' ? 'will switch off' : 'has switched off';
      const message = `Meta ${what} the WhatsApp account${date ? ` (${date})` : ''}.`;
      return trouble('account', 'account_disabled', message, MANAGER, later(now, STANDING));
    }
    case 'ACCOUNT_RESTRICTION':
      return restriction(facts, now);
    case 'ACCOUNT_VIOLATION': {
      const violation = isObject(facts.violation_info) ? textOf(facts.violation_info.violation_type) : null;
      const message = `Meta says that the account broke its rules${violation ? `: ${shown(violation)}` : ''}.`;
      return trouble('account', 'account_violation', message, MANAGER, later(now, PASSING));
    }
    case 'ACCOUNT_DELETED':
      return trouble(
        'account',
        'account_deleted',
        'The WhatsApp account was deleted at Meta.',
        'Connect the number again with another account.',
        later(now, STANDING),
      );
    case 'PARTNER_REMOVED':
    case 'PARTNER_APP_UNINSTALLED':
    case 'ACCOUNT_OFFBOARDED':
      return trouble(
        'account',
        APP_REMOVED,
        'The app was taken away from the WhatsApp account, so nothing can be sent or heard.',
        'Sign up again, or give the app access in Meta Business Settings.',
        later(now, STANDING),
      );
    case 'PARTNER_ADDED':
    case 'PARTNER_APP_INSTALLED':
    case 'ACCOUNT_RECONNECTED':
      return { about: 'account', news: null, words: null };
    default:
      return null;
  }
}

/** Each restriction has its own end; the account's is the last of them. */
function restriction({ restriction_info: info }: JsonObject, now: Date): Told {
  const all = (Array.isArray(info) ? info : [info]).flatMap((one: unknown) => (isObject(one) ? [one] : []));
  const ends = all.flatMap(({ expiration }) => endOf(expiration) ?? []).map((end) => end.getTime());
  const until = ends.length > 0 ? new Date(Math.max(...ends)) : later(now, STANDING);
  const kinds = all.flatMap(({ restriction_type: type }) => (typeof type === 'string' ? shown(type) : []));
  const message = `Meta restricts the WhatsApp account${kinds.length > 0 ? `: ${kinds.join(', ')}` : ''}.`;
  return trouble('account', 'account_restricted', message, MANAGER, until);
}

/** Unix seconds, or a date in words. */
function endOf(value: unknown): Date | null {
  const seconds = Number(value);
  const end = Number.isFinite(seconds) && seconds > 0 && seconds < 1e11 ? seconds * 1_000 : Date.parse(String(value));
  return Number.isFinite(end) ? new Date(end) : null;
}

function quality(facts: JsonObject, now: Date): Told | null {
  const event = textOf(facts.event);
  if (event === 'FLAGGED' || event === 'DOWNGRADE')
    return trouble(
      'quality',
      'number_flagged',
      'Meta has marked the number as of low quality: people block or report its messages.',
      'Look in WhatsApp Manager at what people complain about, and stop it before the number is limited.',
      later(now, PASSING),
    );
  if (event === 'UNFLAGGED' || event === 'UPGRADE' || event === 'THROUGHPUT_UPGRADE' || event === 'ONBOARDING')
    return { about: 'quality', news: null, words: null };
  return null;
}

function capability(facts: JsonObject, now: Date): Told {
  // Both names occur: Meta moved the limit from the number to the portfolio
  const limit = Number(facts.max_daily_conversations_per_business ?? facts.max_daily_conversation_per_phone);
  if (!Number.isFinite(limit) || limit < 0 || limit > SMALL_LIMIT) {
    const words = limit > 0 && Number.isFinite(limit) ? `You may now write first to ${limit} people a day.` : null;
    return { about: 'limits', news: null, words };
  }
  return trouble(
    'limits',
    'low_limit',
    `You may write first to ${limit} people a day only.`,
    'Have the business verified, and send what people like: Meta then raises the limit by itself.',
    later(now, STANDING),
    'warning',
  );
}

function trouble(
  about: Told['about'],
  code: string,
  message: string,
  remedy: string,
  until: Date,
  result: News['result'] = 'failing',
): Told {
  return { about, news: { result, code, message, remedy, until }, words: `${message} ${remedy}` };
}

const later = (now: Date, milliseconds: number) => new Date(now.getTime() + milliseconds);
const textOf = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value.slice(0, 200) : null;
/** "RESTRICTED_ADD_PHONE_NUMBER_ACTION" as "restricted add phone number action". */
const shown = (value: unknown): string => (textOf(value) ?? 'unknown').toLowerCase().replaceAll('_', ' ');
