import { type Explained, later, never, retry } from './explained.ts';

const HOUR = 3_600; // seconds

const KEYS = 'Copy the Account SID and the Auth Token from Twilio’s console into the channel.';
const SENDERS = 'Check in Twilio’s console, under WhatsApp senders, that the number is online.';
const TEMPLATE = 'Compare the template in Twilio’s Content Template Builder with what the flow’s node fills in.';
const FILE = 'Check the file’s format and size (16 MB at most), and that its address opens from the internet.';
const ITSELF = 'Nothing: it is tried again by itself.';

/** Source: Twilio, "Error and Warning Dictionary" (twilio.com/docs/api/errors). */
const TWILIO: Record<string, Explained> = {
  // Who we are
  '20003': never('credentials', 'Twilio does not accept this channel’s account and token.', KEYS),
  '63001': never('credentials', 'Twilio could not sign in to WhatsApp for this number.', SENDERS),
  '20404': never('configuration', 'Twilio does not know what was asked for.', KEYS),
  '21408': never(
    'permission',
    'The account may not send to this region.',
    'Allow the region in Twilio’s console, under Messaging, Geo permissions.',
  ),
  '21606': never('configuration', 'The number may not send from this account.', SENDERS),
  '63007': never('configuration', 'Twilio has no WhatsApp number of this kind in this account.', SENDERS),
  '63002': never('configuration', 'Twilio has no WhatsApp number of this kind in this account.', SENDERS),
  '21212': never('configuration', 'The number that the message comes from is not a valid one.', SENDERS),
  '21660': never('configuration', 'The number belongs to another account at Twilio.', KEYS),
  '21703': never(
    'configuration',
    'The Messaging Service has no number to send with.',
    'Add the WhatsApp number to the service’s senders in Twilio’s console.',
  ),
  '21609': never(
    'configuration',
    'Twilio cannot use the address for delivery reports.',
    'Set PUBLIC_URL to the address under which the internet reaches this server, with https.',
  ),
  '63008': never('configuration', 'Twilio could not use the number as it is set up.', SENDERS),
  '63051': never(
    'registration',
    'WhatsApp has locked the number at Twilio.',
    'Register the number again in Twilio’s console, under WhatsApp senders.',
  ),
  '63062': never(
    'account',
    'The terms for WhatsApp marketing have not been accepted.',
    'Accept them in Meta’s WhatsApp Manager.',
  ),
  '63020': never(
    'account',
    'Something is wrong with the business’s account at Meta, often how it pays.',
    'Open the account in Meta Business Settings, and repair what is marked there.',
  ),

  // Too much, too fast
  '20429': retry(5, 'busy', 'Too many requests reached Twilio at once.', ITSELF),
  '21611': later(60, 'busy', 'Too many messages wait at Twilio for this number.', ITSELF),
  '30001': later(60, 'busy', 'Too many messages wait at Twilio for this number.', ITSELF),
  '63017': later(60, 'busy', 'The account sends more messages a second than it may.', ITSELF),
  '63018': later(
    60,
    'busy',
    'This number has sent too much: a second, a day, or to one person.',
    'Nothing at first: it is tried again by itself. If it stays, look at the limit in WhatsApp Manager; it can take 24 hours.',
  ),
  '63038': later(
    HOUR,
    'busy',
    'The account has sent as many messages today as it may.',
    'Wait until tomorrow, or ask Twilio to raise the daily limit.',
  ),

  // Troubles of Twilio and of Meta behind it
  '20500': retry(5, 'temporary', 'Twilio had a fault of its own.', 'Wait some minutes; look at status.twilio.com.'),
  '63009': retry(5, 'temporary', 'WhatsApp could not take the message just now.', ITSELF),
  '63010': retry(5, 'temporary', 'Twilio had a fault while it sent the message.', ITSELF),
  '63012': retry(5, 'temporary', 'WhatsApp is out of service for a moment.', ITSELF),
  '30008': retry(60, 'temporary', 'The message was lost on its way and nobody says why.', ITSELF),
  '30003': retry(
    300,
    'recipient',
    'The person’s phone could not be reached.',
    'Nothing at first: it is tried again. If it stays, check the number.',
  ),

  // The person
  '21211': never('recipient', 'This is no number that a message can go to.', 'Correct the contact’s phone number.'),
  '21614': never('recipient', 'This is no number that a message can go to.', 'Correct the contact’s phone number.'),
  '30005': never('recipient', 'There is no such number.', 'Correct the contact’s phone number.'),
  '30006': never('recipient', 'The number cannot get messages.', 'Ask the person for a mobile number with WhatsApp.'),
  '30004': never('blocked', 'The message was blocked on its way.', 'Ask the person to unblock the number.'),
  '30007': never(
    'quality',
    'The message was filtered out as unwanted.',
    'Look at the number’s quality in WhatsApp Manager, and change the words.',
  ),
  '63003': never(
    'recipient',
    'The person cannot be found on WhatsApp.',
    'Check the number, and ask the person another way whether they use WhatsApp.',
  ),
  '63024': never(
    'recipient',
    'The message cannot reach this person: no WhatsApp, an old version, or terms not accepted.',
    'Check the number, and reach the person another way to ask whether they use WhatsApp.',
  ),
  '63031': never('recipient', 'The message was addressed to the sending number itself.', 'Write to another number.'),
  '63032': never(
    'recipient',
    'WhatsApp keeps this message from this person, as part of a test of its own.',
    'Nothing: write to them when they have written.',
  ),
  '63015': never(
    'recipient',
    'The person has not joined the sandbox, or joined more than three days ago.',
    'Ask them to send "join" and the sandbox’s code to the sandbox’s number.',
  ),
  '63033': never('blocked', 'The person has blocked this business.', 'Do not write to them any more.'),
  '63014': never('blocked', 'The person does not take messages from this business.', 'Do not write to them any more.'),
  '21610': never(
    'consent',
    'The person has written STOP.',
    'Do not write to them any more; they can write START to open it again.',
  ),
  '63049': never(
    'consent',
    'Meta did not deliver this marketing message, to keep people from getting too many.',
    'Do not send it again within 24 hours, and never to numbers of the United States; write when they have written.',
  ),
  '63016': never(
    'window',
    'The person has not written within the last 24 hours, so free messages are closed.',
    'Send an approved template; a list and a place cannot be sent then at all.',
  ),

  // Templates
  '21654': never('template', 'The template to send was not named.', TEMPLATE),
  '21655': never('template', 'There is no such template in this account.', TEMPLATE),
  '21656': never('template', 'What fills the template’s places is not right.', TEMPLATE),
  '63027': never(
    'template',
    'The template does not exist in this language.',
    'Add the language in Twilio’s Content Template Builder, and wait until WhatsApp has approved it.',
  ),
  '63028': never('template', 'The template has another number of places to fill in than were given.', TEMPLATE),
  '63013': never(
    'template',
    'The message breaks a rule of WhatsApp.',
    'Stop sending this template, and write it anew by WhatsApp’s business policy.',
  ),
  '63040': never(
    'template',
    'WhatsApp did not take the template in.',
    'Read the reason in Twilio’s Content Template Builder, correct it and hand it in again.',
  ),
  '63041': never(
    'template',
    'WhatsApp has paused this template because people did not like it.',
    'Improve the template, or send another one until the pause is over.',
  ),
  '63042': never(
    'template',
    'WhatsApp has switched this template off.',
    'Make a new template with other words in Twilio’s Content Template Builder.',
  ),

  // The message
  '21602': never('content', 'The message is empty.', 'Write a text or add a file in the flow’s node.'),
  '21604': never('content', 'The message names nobody to go to.', 'Give the contact a phone number.'),
  '21617': never('content', 'The text is longer than 1,600 characters.', 'Split it into several messages.'),
  '63005': never('content', 'WhatsApp does not accept this message.', 'Send it as a text, a file, buttons or a list.'),
  '63021': never(
    'content',
    'Something in the message is not as WhatsApp wants it.',
    'Look at empty or too long titles, buttons and rows in the flow’s node.',
  ),

  // Files
  '21620': never('media', 'The address of the file is not valid.', FILE),
  '21623': never('media', 'The message has more than one file.', 'Send each file in a message of its own.'),
  '63019': never('media', 'The file could not be fetched.', FILE),
  '63034': never('media', 'The file is too large.', FILE),
  '63037': never('media', 'WhatsApp could not take the file.', FILE),
};

const TABLE: ReadonlyMap<string, Explained> = new Map(Object.entries(TWILIO));

/** Twilio's 205xx stand for its server's faults, as 20500 does. */
export const explainTwilio = (code: string): Explained | null =>
  TABLE.get(code) ?? (/^205\d\d$/.test(code) ? (TABLE.get('20500') ?? null) : null);
