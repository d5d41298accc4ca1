import type { DiagnosticResult, ProviderName } from '../../api/channels.ts';

/** Everything that the page of numbers says. */
export const words = {
  title: 'Numbers',
  intro: 'The WhatsApp numbers on which your bots answer.',
  loading: 'Loading numbers',
  tryAgain: 'Try again',
  close: 'Close',
  cancel: 'Cancel',
  list: 'Connected numbers',

  ways: 'Connect a number',
  providers: { meta: 'Meta', twilio: 'Twilio', simulator: 'Trial phone' } satisfies Record<ProviderName, string>,
  connectTo: {
    meta: 'Connect a number of Meta',
    twilio: 'Connect a number of Twilio',
    simulator: 'Add a trial phone',
  } satisfies Record<ProviderName, string>,
  about: {
    meta: 'A number of the WhatsApp Business Platform. You need a Meta app with WhatsApp and a system user’s token.',
    twilio: 'A WhatsApp sender of your Twilio account, or Twilio’s sandbox.',
    simulator: 'No number at all: you play the customer here, and your published bots answer for real.',
  } satisfies Record<ProviderName, string>,
  empty: {
    title: 'No number is connected yet',
    text: 'A bot answers on numbers. Begin with a trial phone to see it work, and connect the real number when you like what you see.',
  },

  fields: {
    name: ['Name', 'Only you see it.'],
    phoneNumberId: ['Phone number ID', 'In the Meta app under WhatsApp, API Setup. Not the phone number itself.'],
    businessAccountId: ['WhatsApp Business Account ID', 'On the same page, below the phone number ID.'],
    accessToken: [
      'Access token',
      'Of a system user, with whatsapp_business_messaging and whatsapp_business_management.',
    ],
    appSecret: ['App secret', 'In the Meta app under App settings, Basic. It proves that a message is from Meta.'],
    accountSid: ['Account SID', 'On the first page of Twilio’s console. It begins with AC.'],
    authToken: ['Auth token', 'Below the Account SID.'],
    from: ['WhatsApp number', 'With its country code, such as +14155238886.'],
    messagingServiceSid: [
      'Messaging Service SID',
      'Only if the number sits in one; it begins with MG. May stay empty.',
    ],
  } as Record<string, [label: string, hint: string]>,
  missing: 'This is needed.',
  keepsSecret: 'Leave it empty to keep what is stored.',
  showSecret: 'Show or hide what you type',
  connect: 'Connect',
  connected: (name: string) => `“${name}” is connected.`,

  states: {
    ok: 'Working',
    failing: 'Needs attention',
    unknown: 'Not checked',
    off: 'Switched off',
  },
  noAddress: 'Number not known yet',
  heard: 'Last message',
  neverHeard: 'Nothing yet',
  open: 'Details',
  tryPhone: 'Open the phone',
  named: (action: string, name: string) => `${action}: ${name}`,

  paste: {
    title: 'What the provider must know',
    meta: 'In the Meta app under WhatsApp, Configuration: paste address and token, then subscribe to “messages”.',
    twilio: 'In Twilio’s console, at the WhatsApp sender: paste both addresses, each with the method POST.',
    inbound: 'Webhook address',
    status: 'Status callback address',
    verifyToken: 'Verify token',
    copy: 'Copy',
    copyNamed: (what: string) => `Copy: ${what}`,
    copied: (what: string) => `Copied: ${what}`,
  },

  check: {
    title: 'Check',
    now: 'Check now',
    at: 'Checked',
    never: 'Not checked yet.',
    allWell: 'Everything that could be looked at is in order.',
    rest: (count: number) => `Nothing to do (${count})`,
    results: {
      ok: 'In order',
      failing: 'Not in order',
      warning: 'Look at this',
      unknown: 'Could not be found out',
      'not-applicable': 'Does not apply here',
    } satisfies Record<DiagnosticResult, string>,
    remedy: 'What to do:',
  },

  settings: 'Settings',
  save: 'Save',
  saved: (name: string) => `“${name}” is saved.`,
  switchOff: 'Switch off',
  switchOn: 'Switch on',
  switchedOff: (name: string) => `“${name}” is switched off: what arrives there is refused.`,
  switchedOn: (name: string) => `“${name}” is switched on.`,
  remove: 'Disconnect',
  removed: (name: string) => `“${name}” is disconnected.`,
  askRemove: {
    title: (name: string) => `Disconnect “${name}”?`,
    text: 'Its bots fall silent at once. Conversations stay to be read, but nothing can be sent in them. The keys are deleted.',
    yes: 'Disconnect',
    no: 'Keep it',
  },

  phone: {
    title: (name: string) => `${name}: the customer’s phone`,
    from: 'You write as',
    hint: 'Another number is another customer.',
    wrong: 'Write the number as +447700900001.',
    message: 'Message',
    send: 'Send',
    chat: 'Conversation',
    nothing: 'Write something: a published bot answers here.',
    kinds: (kind: string) => `(${kind.toLowerCase()})`,
  },
};
