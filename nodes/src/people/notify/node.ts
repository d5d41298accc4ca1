import { defineNode, limitedText } from '@parley/runtime';
import { z } from 'zod';
import { MAX_NAME, textOf } from '../../rendered.ts';

const MAX_TEXT = 500; // characters; it is a line in a list of notices
const MAX_USER = 254; // characters: an id, or an e-mail address (RFC 5321)

const config = z
  .strictObject({
    user: limitedText(MAX_USER).optional().meta({ label: 'Tell this user', hint: 'A user or their e-mail.' }),
    team: limitedText(MAX_NAME).optional().meta({ label: 'Or this team', hint: 'With neither, the admins are told.' }),
    text: limitedText(MAX_TEXT).meta({ label: 'Words', input: 'textarea' }),
  })
  .refine(({ user, team }) => user === undefined || team === undefined, {
    path: ['team'],
    message: 'Tell either a user or a team; use two steps for both.',
  });

/** Tells people of the organization something; one that comes out without a user and a team goes to the admins. */
export const notify = defineNode({
  type: 'people.notify',
  title: 'Notify people',
  group: 'people',
  icon: 'bell-ringing',
  description: 'Tells a user, a team or the admins that something happened.',
  config,
  ports: () => ['next'],
  run: ({ config: { user = '', team = '', text } }) => {
    const words = textOf(text, MAX_TEXT, 'text of the notice');
    if (words === '') throw new Error('The notice is empty. Write what people should know.');
    const to = { user: textOf(user, MAX_USER, 'user') || null, team: textOf(team, MAX_NAME, 'team') || null };
    return { port: 'next', effects: [{ type: 'notification.create', ...to, text: words }] };
  },
});
