import { type Explained, later, never, retry } from './explained.ts';
import { META_SETUP } from './meta-setup.ts';

const MINUTE = 60; // seconds
const HOUR = 60 * MINUTE;

/** Codes that sending a message brings. Source: Meta, "Error codes"; the legacy 470 and 131014 still arrive. */
const META_MESSAGES: Record<string, Explained> = {
  // Who we are
  '0': never(
    'credentials',
    'Meta no longer accepts this channel’s access token.',
    'Make a new token of a system user in Meta Business Settings and save it in the channel.',
  ),
  '102': never(
    'credentials',
    'The session of this channel’s access token has ended.',
    'Make a new token of a system user in Meta Business Settings and save it in the channel.',
  ),
  '190': never(
    'credentials',
    'This channel’s access token has expired or was taken back.',
    'Make a new token of a system user, one that does not expire, in Meta Business Settings and save it in the channel.',
  ),
  '3': never(
    'permission',
    'The app at Meta may not do this.',
    'In Meta’s app dashboard, add WhatsApp to the app and ask for the rights that are missing.',
  ),
  '10': never(
    'permission',
    'The access token lacks a right for this.',
    'Give the token whatsapp_business_management and whatsapp_business_messaging in Meta Business Settings.',
  ),
  '131005': never(
    'permission',
    'Meta denied access to this number.',
    'Give the token’s system user full control of the WhatsApp account in Meta Business Settings.',
  ),
  '33': never(
    'configuration',
    'Meta does not know this phone number id, or it was deleted.',
    'Copy the phone number id from WhatsApp Manager into a new channel.',
  ),

  // Too much, too fast
  '4': later(MINUTE, 'busy', 'The app asked Meta too often.', 'Nothing: sending goes on by itself in a minute.'),
  '613': later(MINUTE, 'busy', 'The app asked Meta too often.', 'Nothing: sending goes on by itself in a minute.'),
  '80007': later(
    HOUR,
    'busy',
    'The WhatsApp account has used up its calls for this hour.',
    'Nothing: it goes on by itself within the hour. Do fewer template and profile changes at a time.',
  ),
  '130429': retry(
    5,
    'busy',
    'More messages a second were sent than this number may send.',
    'Nothing: sending slows down by itself.',
  ),
  '131056': retry(
    8, // one message every six seconds to one person
    'busy',
    'Too many messages went to this one person in a short time.',
    'Nothing: it is tried again by itself. Put fewer messages in a row into the flow.',
  ),
  '131048': later(
    5 * MINUTE,
    'quality',
    'Meta limits this number because people blocked or reported its messages.',
    'Look at the number’s quality in WhatsApp Manager, and stop what people complain about.',
  ),
  '131064': never(
    'quality',
    'The business has reached the number of people it may write to first within a day.',
    'Wait until tomorrow, or raise the messaging limit in WhatsApp Manager.',
  ),

  // Meta's own troubles
  '1': retry(5, 'temporary', 'Meta had a fault that it does not explain.', 'Try again; look at metastatus.com.'),
  '2': retry(5, 'temporary', 'Meta is overloaded or down for a moment.', 'Wait some minutes; look at metastatus.com.'),
  '131000': retry(5, 'temporary', 'Something went wrong at Meta.', 'Try again; if it stays, ask Meta’s support.'),
  '131016': retry(5, 'temporary', 'WhatsApp is out of service for a moment.', 'Wait; look at metastatus.com.'),
  '131057': later(
    MINUTE,
    'temporary',
    'Meta is just now raising this number’s speed, or works on the account.',
    'Nothing: it is over within minutes, and sending goes on by itself.',
  ),

  // The business
  '368': never(
    'account',
    'The WhatsApp account is blocked for a while because it broke Meta’s rules.',
    'Read the reason under Account Quality in Meta Business Settings, and ask for a review there.',
  ),
  '131031': never(
    'account',
    'Meta has locked the WhatsApp account.',
    'Read the reason under Account Quality in Meta Business Settings, and ask for a review there.',
  ),
  '130497': never(
    'account',
    'This business may not write to people in this country.',
    'Look up in WhatsApp’s business policy which countries are open for what you sell.',
  ),
  '131037': never(
    'account',
    'The number’s display name is not approved yet.',
    'Set a display name in WhatsApp Manager and wait until Meta has approved it.',
  ),
  '131042': never(
    'account',
    'Something is wrong with how the business pays Meta.',
    'Add or repair the payment method in WhatsApp Manager, under Payment settings.',
  ),
  '131044': never(
    'account',
    'The business has no way to pay Meta for this.',
    'Add a payment method in WhatsApp Manager, under Payment settings.',
  ),
  '134011': never(
    'account',
    'The terms of WhatsApp Payments have not been accepted.',
    'Accept them in WhatsApp Manager, under Payment settings.',
  ),

  // The person
  '130472': never(
    'recipient',
    'Meta keeps marketing from this person as part of a test of its own.',
    'Nothing: write to them when they have written, or with a message that is no marketing.',
  ),
  '131021': never('recipient', 'The message was addressed to the sending number itself.', 'Write to another number.'),
  '131026': never(
    'recipient',
    'The message cannot reach this person: no WhatsApp, an old version, or terms not accepted.',
    'Check the number, and reach the person another way to ask whether they use WhatsApp.',
  ),
  '131030': never(
    'recipient',
    'A test number may only write to people on its list.',
    'Add the person’s number to the list on the app’s WhatsApp page at Meta, or connect a real number.',
  ),
  '131062': never(
    'recipient',
    'A sign-in code needs a phone number, and of this person only the user name is known.',
    'Ask the person for their phone number first.',
  ),
  '137000': never(
    'recipient',
    'The person seems to have changed their phone or account since they were last verified.',
    'Make sure that it is still the same person before anything private is sent.',
  ),
  '131049': never(
    'consent',
    'Meta did not deliver this marketing message, to keep people from getting too many.',
    'Do not send it again within 24 hours; write when the person has written to you.',
  ),
  '131050': never(
    'consent',
    'The person has stopped marketing messages from this business.',
    'Take them off marketing lists; only they can switch it on again, in WhatsApp.',
  ),
  '131047': never(
    'window',
    'The person has not written within the last 24 hours, so free messages are closed.',
    'Send an approved template; free messages open again when the person answers.',
  ),
  '470': never(
    'window',
    'The person has not written within the last 24 hours, so free messages are closed.',
    'Send an approved template; free messages open again when the person answers.',
  ),

  // The message
  '100': never(
    'content',
    'Meta found something in the request that it does not accept.',
    'Read Meta’s detail with the message, then correct the text, the number or the id that it names.',
  ),
  '131008': never(
    'content',
    'Something that Meta needs is missing from the message.',
    'Read Meta’s detail with the message, and fill in the field that it names in the flow’s node.',
  ),
  '131009': never(
    'content',
    'A value in the message is not one that Meta accepts.',
    'Read Meta’s detail with the message, and correct the field that it names in the flow’s node.',
  ),
  '131036': never(
    'content',
    'Meta could not deliver this message for this business.',
    'Check in WhatsApp Manager that the template and the account are in good standing.',
  ),
  '131051': never(
    'content',
    'WhatsApp does not have messages of this kind.',
    'Send it as a text, a file, buttons or a list instead.',
  ),
  '131055': never(
    'content',
    'Meta does not offer this for this number.',
    'Check in WhatsApp Manager which features the number has.',
  ),
  '131063': never(
    'content',
    'Marketing by this way is switched off for the account.',
    'Allow marketing templates over the Cloud API in WhatsApp Manager’s settings.',
  ),
  '134100': never(
    'content',
    'Only marketing messages can go this way.',
    'Send this one as a usual message, or choose a template of the category marketing.',
  ),
  '135000': never(
    'content',
    'Meta could not send the message and does not say why.',
    'Compare the message with one that works, and change one thing at a time.',
  ),
  '1752041': never('content', 'Meta has this request already.', 'Nothing: the first one counts.'),

  // Files
  '131052': never(
    'media',
    'The file that the person sent could not be fetched.',
    'Ask the person to send it again, smaller or in another format.',
  ),
  '131053': never(
    'media',
    'Meta could not take the file of this message.',
    'Check the file’s format and size, and that its address can be opened from the internet.',
  ),
  '131014': never(
    'media',
    'The address of the file leads to nothing.',
    'Upload the file to Parley, or correct its address in the flow’s node.',
  ),
};

const PERMISSIONS = never(
  'permission',
  'The access token lacks a right for this.',
  'Give the token whatsapp_business_management and whatsapp_business_messaging in Meta Business Settings.',
);

const CALLING = never(
  'content',
  'WhatsApp calls did not work here.',
  'Check in WhatsApp Manager that calls are switched on for the number and that the person has agreed to them.',
);

const TEMPLATE_FORM = never(
  'template',
  'Meta does not accept the template as it is written.',
  'Read Meta’s detail, correct the template, and hand it in again.',
);

/** Families of codes; a code of its own in the tables goes first. */
const FAMILIES: [RegExp, Explained][] = [
  [/^2\d\d$/, PERMISSIONS],
  [/^138\d{3}$/, CALLING],
  [
    /^133\d{3}$/,
    never(
      'registration',
      'The number’s registration at Meta did not work.',
      'Open the number in WhatsApp Manager, and register it again from the channel’s settings.',
    ),
  ],
  [/^2388\d{3}$/, TEMPLATE_FORM],
];

const TABLE: ReadonlyMap<string, Explained> = new Map(Object.entries({ ...META_MESSAGES, ...META_SETUP }));

export const explainMeta = (code: string): Explained | null =>
  TABLE.get(code) ?? FAMILIES.find(([pattern]) => pattern.test(code))?.[1] ?? null;
