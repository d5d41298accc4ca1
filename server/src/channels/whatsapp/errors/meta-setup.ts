import { type Explained, later, never, retry } from './explained.ts';

const MINUTE = 60; // seconds

const COUNT = 'Compare the template in WhatsApp Manager with what the flow’s node fills in.';
const REGISTER = 'Register the number from the channel’s settings, with its six-digit PIN.';

/** Codes about templates, forms, the number's registration and blocked people. Source: Meta, "Error codes". */
export const META_SETUP: Record<string, Explained> = {
  // Templates
  '132000': never('template', 'The template has another number of places to fill in than were given.', COUNT),
  '132001': never(
    'template',
    'There is no such template in this language, or Meta has not approved it.',
    'Read the templates in again, and choose one that is approved in the language of the message.',
  ),
  '132005': never(
    'template',
    'The text gets too long once the template’s places are filled in.',
    'Shorten what is filled in, or the template.',
  ),
  '132007': never(
    'template',
    'The template’s words break one of Meta’s rules.',
    'Read the reason in WhatsApp Manager, and write the template anew.',
  ),
  '132008': never('template', 'What fills a place of the template is not of the kind that it expects.', COUNT),
  '132012': never('template', 'What fills a place of the template is not of the kind that it expects.', COUNT),
  '132015': never(
    'template',
    'Meta has paused this template because people did not like it.',
    'Improve the template in WhatsApp Manager, or send another one until the pause is over.',
  ),
  '132016': never(
    'template',
    'Meta has switched this template off for good after it was paused too often.',
    'Make a new template with other words in WhatsApp Manager.',
  ),
  '134101': later(
    10 * MINUTE,
    'template',
    'The template is so new that Meta does not have it everywhere.',
    'Nothing: it is tried again by itself in ten minutes.',
  ),
  '134102': never(
    'template',
    'The template cannot be used for marketing yet.',
    'Finish setting up marketing messages in WhatsApp Manager.',
  ),
  '2388019': never(
    'template',
    'The account has as many templates as it may have.',
    'Delete templates that are not used, or have the business verified.',
  ),
  '2388023': never(
    'template',
    'A template of this name and language is just being deleted.',
    'Choose another name, or wait thirty days.',
  ),
  '2388024': never(
    'template',
    'There is a template of this name in this language already.',
    'Choose another name, or change the one that is there.',
  ),
  '2388040': never('template', 'A text of the template is too long.', 'Shorten the text that Meta’s detail names.'),
  '2388047': never('template', 'The template’s header is not right.', 'Correct the header, and hand it in again.'),
  '2388072': never('template', 'The template’s text is not right.', 'Correct the text, and hand it in again.'),
  '2388073': never('template', 'The template’s footer is not right.', 'Correct the footer, and hand it in again.'),
  '2388293': never(
    'template',
    'The template has too few words for its number of places to fill in.',
    'Write more words around the places, or leave some of them out.',
  ),
  '2388299': never(
    'template',
    'The template begins or ends with a place to fill in.',
    'Put words before the first place and after the last.',
  ),

  // Forms ("Flows" at Meta)
  '132068': never(
    'form',
    'Meta has blocked this form.',
    'Read the reason in WhatsApp Manager under Flows, repair the form and publish it again.',
  ),
  '132069': later(
    6 * MINUTE, // ten messages an hour go through
    'form',
    'Meta lets only few messages with this form through at the moment.',
    'Repair what WhatsApp Manager names under Flows; waiting messages go out slowly by themselves.',
  ),
  '139000': never('form', 'Meta found a fault in the form.', 'Repair the form in WhatsApp Manager under Flows.'),
  '139001': never('form', 'The form could not be changed.', 'Publish it as a new form in WhatsApp Manager.'),
  '139002': never('form', 'The form could not be published.', 'Repair what WhatsApp Manager names under Flows.'),
  '139003': never('form', 'The form could not be retired.', 'Only a published form can be; look in WhatsApp Manager.'),
  '139004': never('form', 'The form could not be deleted.', 'Only a draft can be; retire a published form instead.'),

  // The number's registration
  '131045': never('registration', 'The number’s certificate is not valid.', REGISTER),
  '133000': never(
    'registration',
    'Signing the number off was not finished.',
    'Sign it off once more in WhatsApp Manager, then register it again.',
  ),
  '133004': retry(
    5,
    'temporary',
    'Meta’s registration is out of service for a moment.',
    'Try again in some minutes; look at metastatus.com.',
  ),
  '133005': never(
    'registration',
    'The PIN is not the one that was set for this number.',
    'Give the right six digits, or set a new PIN in WhatsApp Manager under Two-step verification.',
  ),
  '133006': never(
    'registration',
    'The number has to be verified again.',
    'Ask for a code from the channel’s settings, type it in, and register the number.',
  ),
  '133008': later(
    60 * MINUTE,
    'registration',
    'A wrong PIN was given too often.',
    'Wait as long as Meta’s detail says, or set a new PIN in WhatsApp Manager.',
  ),
  '133009': later(
    10 * MINUTE,
    'registration',
    'PINs were given too fast one after the other.',
    'Wait as long as Meta’s detail says, then give the PIN again.',
  ),
  '133010': never('registration', 'The number is not registered for sending.', REGISTER),
  '133015': later(
    5 * MINUTE,
    'registration',
    'The number was signed off a moment ago.',
    'Wait five minutes, then register it again.',
  ),
  '133016': never(
    'registration',
    'The number was registered or signed off too often.',
    'Wait 72 hours before the next try; sending with the number is closed until then.',
  ),
  '136024': never(
    'registration',
    'Meta did not send a code to the number.',
    'Wait some minutes and ask again, by a call instead of a text; a verified number needs none.',
  ),
  '136025': never(
    'registration',
    'The code is wrong or too old.',
    'Ask for a new code from the channel’s settings, and type it in within minutes.',
  ),

  // Blocked people
  '139100': never(
    'blocked',
    'Some of these people could not be blocked.',
    'Only people who wrote within the last 24 hours can be blocked.',
  ),
  '139101': never('blocked', 'The list of blocked people is full.', 'Take somebody off the list first.'),
  '139102': retry(5, 'busy', 'The list of blocked people was just being changed.', 'Try it again.'),
  '139103': retry(5, 'temporary', 'Meta could not change the list of blocked people.', 'Try it again.'),
};
