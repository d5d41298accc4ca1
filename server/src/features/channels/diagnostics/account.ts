import type { Failure } from '../../../channels/whatsapp/errors/ask.ts';
import { type Diagnostic, failing, ok, refused, SIMULATED, unknown, warning } from './diagnostic.ts';

const topic = 'The account' as const;
/** Told by the diagnostics about the token and the number. */
const TOLD_ELSEWHERE = new Set(['100', '33']);

const answers: Diagnostic = {
  id: 'provider-answers',
  topic,
  title: 'The provider answers',
  judge({ channel, meta, twilio }) {
    if (channel.provider === 'simulator') return SIMULATED;
    const answer = meta?.number ?? twilio?.account ?? null;
    if (!answer)
      return channel.secrets === null
        ? unknown('The provider was not asked: the channel’s keys cannot be opened.')
        : failing(
            'provider_unreachable',
            'The provider did not answer in time.',
            'Check that this server may reach the provider, then check again.',
          );
    if (answer.ok) return ok('The provider answers.');
    const { failure } = answer;
    if (['credentials', 'permission'].includes(failure.explained.class) || TOLD_ELSEWHERE.has(failure.code))
      return ok('The provider answers, and refuses.');
    return refused(codeOf(failure, channel.provider), failure);
  },
};

function codeOf({ code, explained }: Failure, provider: string): string {
  if (code === 'unreachable') return 'provider_unreachable';
  if (code === 'unreadable') return 'provider_answer';
  return explained.class === 'busy' ? 'provider_busy' : `${provider}_${code}`;
}

const quality: Diagnostic = {
  id: 'quality',
  topic,
  title: 'Quality and standing of the number',
  judge({ channel, meta, twilio, now, evidence }) {
    if (channel.provider === 'simulator') return SIMULATED;
    const heard = Object.values(evidence.news).filter(({ until }) => until.getTime() > now.getTime());
    const worst = heard.find(({ result }) => result === 'failing') ?? heard[0];
    if (worst?.result === 'failing') return failing(worst.code, worst.message, worst.remedy);
    const health = meta?.health?.ok ? meta.health.value : null;
    if (health?.blocked)
      return failing(
        'cannot_send',
        `Meta does not let this number send: ${health.blocked}`,
        'Open the number in WhatsApp Manager; it shows what has to be done.',
      );
    const rating = health?.quality ?? (twilio?.sender?.ok ? twilio.sender.value?.quality : null) ?? null;
    const remedy = 'Look in WhatsApp Manager at what people complain about, and stop it before the number is limited.';
    if (rating && ['RED', 'LOW'].includes(rating.toUpperCase()))
      return failing('quality_low', 'People block or report this number’s messages: its quality is low.', remedy);
    if (rating && ['YELLOW', 'MEDIUM'].includes(rating.toUpperCase()))
      return warning('The number’s quality is no longer high.', remedy);
    if (worst) return warning(worst.message, worst.remedy);
    return rating
      ? ok('The number is in good standing.')
      : unknown('The provider does not tell of the number’s quality.');
  },
};

export const account: Diagnostic[] = [answers, quality];
