import { parsePhoneNumberFromString } from 'libphonenumber-js';
import { z } from 'zod';
import type { Http } from '../../plugins/http.ts';
import type { ChannelCheck } from '../../storage/channel.ts';

const GRAPH_VERSION = 'v24.0';
const MAX_WORDS = 300; // characters of the provider's own words that are kept

const PhoneNumber = z.object({ display_phone_number: z.string() });
const GraphError = z.object({ error: z.object({ code: z.number(), message: z.string() }) });

type Problem = ChannelCheck['problems'][number];

interface Question {
  http: Http;
  graphUrl: string;
  phoneNumberId: string;
  accessToken: string;
  /** Milliseconds that Meta has for its answer. */
  timeout: number;
  now: Date;
}

/** Asks Meta about the number, as sending would. What is wrong comes back as problems with their remedies. */
export async function checkMeta(question: Question): Promise<{ check: ChannelCheck; address: string | null }> {
  const { http, graphUrl, phoneNumberId, accessToken, timeout, now } = question;
  const failing = (problem: Problem) => ({
    check: { state: 'failing' as const, at: now, problems: [problem] },
    address: null,
  });
  try {
    const { status, text } = await http({
      method: 'GET',
      url: `${graphUrl}/${GRAPH_VERSION}/${encodeURIComponent(phoneNumberId)}?fields=display_phone_number,verified_name`,
      headers: { authorization: `Bearer ${accessToken}` },
      timeout,
    });
    const body = parseJson(text);
    const number = PhoneNumber.safeParse(body);
    if (status === 200 && number.success) {
      return { check: { state: 'ok', at: now, problems: [] }, address: toE164(number.data.display_phone_number) };
    }
    const refusal = GraphError.safeParse(body);
    if (!refusal.success) return failing(unexpected(status));
    return failing(explain(refusal.data.error.code, withoutToken(refusal.data.error.message, accessToken)));
  } catch (error) {
    if (error instanceof Error && error.name === 'HttpError') return failing(UNREACHABLE);
    throw error;
  }
}

const UNREACHABLE: Problem = {
  code: 'provider_unreachable',
  message: 'Meta did not answer.',
  remedy: 'Check that this server may reach META_GRAPH_URL, then check again.',
};

const unexpected = (status: number): Problem => ({
  code: 'provider_answer',
  message: `Meta answered with status ${status} and nothing that we know.`,
  remedy: 'Check META_GRAPH_URL, or try again later.',
});

/** Meta's Graph API error codes: https://developers.facebook.com/docs/graph-api/guides/error-handling */
function explain(code: number, words: string): Problem {
  const message = words.slice(0, MAX_WORDS);
  if (code === 190 || code === 102) {
    return { code: 'token_invalid', message, remedy: 'Make a new access token of a system user and save it here.' };
  }
  if (code === 10 || (code >= 200 && code < 300)) {
    const remedy = 'Give the token whatsapp_business_management and whatsapp_business_messaging.';
    return { code: 'permission_missing', message, remedy };
  }
  if (code === 100) {
    const remedy = 'Copy the phone number id (not the number) from Meta, and use a token of the same business.';
    return { code: 'number_unknown', message, remedy };
  }
  if (code === 4 || code === 80007) {
    return {
      code: 'provider_busy',
      message,
      remedy: 'Meta limits how often it is asked. Check again in some minutes.',
    };
  }
  return { code: `meta_${code}`, message, remedy: 'Look the code up in Meta’s list of errors, then check again.' };
}

const withoutToken = (words: string, token: string) => words.replaceAll(token, '[access token]');

/** Meta writes "+1 415-523-8886", and for some numbers leaves the plus out. */
function toE164(display: string): string | null {
  const text = display.trim();
  return parsePhoneNumberFromString(text.startsWith('+') ? text : `+${text}`)?.number ?? null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // a proxy's page: reported as an answer that we do not know
  }
}
