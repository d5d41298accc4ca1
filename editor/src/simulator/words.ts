/** Everything that the simulator says. What a bot sends is its author's. */
export const words = {
  conversation: 'Conversation',
  hint: 'You are the person who writes. The saved draft answers, in this browser: nothing is sent and nobody is called.',
  begin: 'This flow begins with:',
  beginAny: 'Write anything: this flow begins with any message.',
  beginAt: 'Begin it as if this had happened:',
  restart: 'Restart',
  contact: 'You',
  bot: 'Bot',
  said: (who: string, time: string) => `${who}, ${time}`,
  notDelivered: (reason: string) => `Not delivered: ${reason}`,

  clock: 'Clock of this conversation',
  skips: [
    { duration: 'PT30M', label: '+30 min' },
    { duration: 'PT1H', label: '+1 h' },
    { duration: 'P1D', label: '+1 day' },
  ],
  skip: (label: string) => `Let time pass: ${label}`,

  handedOver: (team: string | null) => `Handed over to ${team ?? 'your team'}`,
  handedOverHint: 'The bot is silent until the conversation is given back.',
  giveBack: 'Give back',
  takenBack: 'Given back to the bot',
  ended: 'The conversation has ended',
  failed: 'The conversation failed',
  noFlow: 'This flow does not begin with that message.',
  noFlowHint: (keywords: string) => `It begins with: ${keywords}.`,
  skipped: 'Did not begin',
  unheard: 'The flow is waiting for time to pass, so nothing answers this message.',
  crashed: (reason: string) => `The simulator stopped: ${reason}`,
  crashedHint: 'Restart the conversation. If it happens again, please report it with the flow.',
  queued: (count: number) =>
    `${count} message${count === 1 ? ' waits' : 's wait'} until the request above is answered.`,

  answered: (answers: string) => `Form: ${answers}`,

  http: {
    asks: 'This flow asks',
    headers: 'Headers',
    body: 'Body',
    answer: 'Your answer',
    status: 'Status',
    json: 'JSON',
    send: 'Send answer',
    none: 'No answer',
    statusWrong: 'A number from 100 to 599.',
    jsonWrong: 'This is not JSON.',
    noAnswer: 'The address did not answer.',
  },

  code: {
    ended: 'The code did not stop by itself and was ended.',
    notStarted: 'What runs code could not be started in this browser.',
  },

  state: {
    title: 'What the bot knows',
    at: 'Now at',
    nowhere: 'Before the first message',
    done: 'The end',
    failed: 'Stopped by a fault',
    variables: 'Variables',
    none: 'None yet. Answers that the flow keeps appear here.',
  },

  broken: {
    title: 'This flow cannot run yet',
    text: 'Mend these errors, save, and try again.',
    list: 'Problems',
    tones: { error: 'Error', warning: 'Warning' },
    edit: 'Edit flow',
  },
};
