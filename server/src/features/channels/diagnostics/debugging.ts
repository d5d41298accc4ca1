import { explainError } from '../../../channels/whatsapp/errors/index.ts';
import { counted, type Diagnostic, failing, NOT_READ, notApplicable, ok, unknown, warning } from './diagnostic.ts';
import { SECRETS_GONE } from './received.ts';

const topic = 'Debugging' as const;
const ENOUGH = 5; // messages from which on a rate says something
const BAD_RATE = 0.8; // of what was sent, what did not fail
/** Meta's words for an app secret that is not the app's; its codes for it (1, 101, 190) mean other things too. */
const SECRET_REFUSED = /secret|validating application/i;
const SLOW_MEDIAN = 30; // seconds

const incoming: Diagnostic = {
  id: 'incoming-webhooks',
  topic,
  title: 'Incoming webhooks',
  judge({ channel, own, evidence }) {
    if (channel.provider === 'simulator') return notApplicable('A simulator has no webhook.');
    const { heardFromAt } = channel;
    const { refused: last } = evidence;
    if (!heardFromAt && last)
      return failing(
        'signature_refused',
        'Webhooks come, and each one had a wrong signature.',
        'Save the app secret or the auth token again, as the provider’s page shows it.',
      );
    if (!heardFromAt)
      return unknown('No webhook has come yet.', 'Write to the number from a phone, and look at GET /api/webhook-log.');
    const heard = own.traffic ? `, with ${counted(own.traffic.heard, 'message')} in the last 24 hours` : '';
    return ok(`The last webhook came on ${heardFromAt.toISOString()}${heard}.`);
  },
};

const credentials: Diagnostic = {
  id: 'credentials',
  topic,
  title: 'Credentials',
  judge({ channel, meta, twilio }) {
    if (channel.provider === 'simulator') return notApplicable('A simulator has no credentials.');
    if (channel.secrets === null) return SECRETS_GONE;
    // Asked with the app's own id and secret: a refusal there means that the secret is not the app's
    if (meta?.subscription && !meta.subscription.ok && SECRET_REFUSED.test(meta.subscription.failure.said))
      return failing(
        'app_secret_wrong',
        'The app secret is not the one of the app that made the access token.',
        'Copy the app secret from Meta’s app dashboard, App settings, Basic, and save it here.',
      );
    if (twilio?.account?.ok && twilio.account.value.status !== 'active')
      return failing(
        'account_inactive',
        `Twilio has ${twilio.account.value.status} the account.`,
        'Sign in to Twilio’s console: it says why, and what opens the account again.',
      );
    const answer = meta?.number ?? twilio?.account ?? null;
    if (answer?.ok) return ok('Every credential that could be tried works.');
    return answer && ['credentials', 'permission'].includes(answer.failure.explained.class)
      ? failing(
          answer.failure.explained.class === 'credentials' ? 'token_invalid' : 'permission_missing',
          answer.failure.explained.words,
          answer.failure.explained.remedy,
        )
      : unknown('The provider did not say whether the credentials are right.', 'Check again in a moment.');
  },
};

const manual: Diagnostic = {
  id: 'manual-test',
  topic,
  title: 'The last message sent',
  judge({ own }) {
    if (!own.traffic) return NOT_READ;
    const { lastSent, failed } = own.traffic;
    if (!lastSent)
      return unknown(
        'Nothing was sent in the last 24 hours.',
        'Write to the number from a phone, and watch the answer.',
      );
    if (!lastSent.failed) return ok(`The last message went out on ${lastSent.at.toISOString()}.`);
    return failing(
      'last_send_failed',
      `The last message, of ${lastSent.at.toISOString()}, was not delivered${failed[0] ? `: ${failed[0].reason}` : '.'}`,
      'Open the conversation: the message shows the provider’s reason and what to do.',
    );
  },
};

const agentLog: Diagnostic = {
  id: 'agent-log',
  topic,
  title: 'Steps of flows',
  judge({ own }) {
    if (!own.log || !own.faults) return NOT_READ;
    const parked = own.log.filter((entry) => entry.parked);
    if (parked.length > 0)
      return failing(
        'events_parked',
        `${counted(parked.length, 'event')} of the last 24 hours broke three times and was set aside.`,
        'Open GET /api/webhook-log?state=parked and report what it shows; people answer these conversations meanwhile.',
      );
    if (own.faults.length > 0)
      return warning(
        `${counted(own.faults.length, 'flow')} broke in a conversation.`,
        'Open the journal of the conversation: it names the node.',
      );
    return ok('Every event of the last 24 hours was handled.');
  },
};

const performance: Diagnostic = {
  id: 'performance',
  topic,
  title: 'Response times and success',
  judge({ own, channel }) {
    if (!own.traffic) return NOT_READ;
    const { answerSeconds, sent, failed } = own.traffic;
    if (sent < ENOUGH) return unknown('Too little was sent in the last 24 hours to tell.');
    const rate = 1 - failed.length / sent;
    const percent = `${Math.round(rate * 100)} % of ${counted(sent, 'message')} went out`;
    if (rate < BAD_RATE) {
      const worst = mostFrequent(failed.map(({ code }) => code));
      const provider = channel.provider === 'twilio' ? 'twilio' : 'meta';
      const { words, remedy } = explainError(provider, worst);
      return failing('many_sends_fail', `Only ${percent}. Most often: ${words}`, remedy);
    }
    const median = [...answerSeconds].sort((a, b) => a - b)[Math.floor(answerSeconds.length / 2)];
    if (median !== undefined && median > SLOW_MEDIAN)
      return warning(
        `${percent}, but half of the answers took longer than ${Math.round(median)} seconds.`,
        'Look for slow HTTP calls and waits in the flows.',
      );
    return ok(`${percent}${median === undefined ? '' : `; answers take ${Math.round(median)} seconds`}.`);
  },
};

function mostFrequent(codes: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? '';
}

export const debugging: Diagnostic[] = [incoming, credentials, manual, agentLog, performance];
