export interface Difference {
  /** `interactive.action.buttons.0.title`; undefined is: not there. */
  path: string;
  recorded: unknown;
  ours: unknown;
}

/** A way in which our body is another one on purpose; each must still occur. */
export interface Explained {
  why: string;
  is: (difference: Difference) => boolean;
}

const added = (path: RegExp, value: unknown) => (one: Difference) =>
  path.test(one.path) && one.recorded === undefined && one.ours === value;
const leftOut = (path: RegExp) => (one: Difference) => path.test(one.path) && one.ours === undefined;
const sameText = ({ recorded, ours }: Difference) => `${recorded}`.toLowerCase() === `${ours}`.toLowerCase();

export const EXPLAINED: readonly Explained[] = [
  {
    why: 'We say always that it is for one person, which Meta takes it for.',
    is: added(/^recipient_type$/, 'individual'),
  },
  {
    why: 'We say always of which type a message is; Meta takes what is there.',
    is: ({ path, recorded, ours }) =>
      path === 'type' && recorded === undefined && /^(text|interactive)$/.test(`${ours}`),
  },
  {
    why: 'We say always whether a link is to be shown; without a link there is none.',
    is: added(/^text\.preview_url$/, false),
  },
  {
    why: 'With both a phone and an id Meta takes the phone: we send one of them.',
    is: leftOut(/^recipient$/),
  },
  {
    why: "Meta's pages write the type of an interactive message, and of a button, in small letters; this client does not.",
    is: (one) => /^interactive\.type$|\.sub_type$/.test(one.path) && sameText(one),
  },
  {
    why: 'Our contact cards hold a name and numbers; Meta takes one without the rest.',
    is: leftOut(/^contacts\.\d+\.(addresses|emails|urls|org|birthday|name\.(last|middle)_name|name\.(prefix|suffix))/),
  },
  {
    why: 'Nor do our cards know what sort of number it is, or whose WhatsApp.',
    is: leftOut(/^contacts\.\d+\.phones\.\d+\.(type|wa_id)$/),
  },
  {
    why: 'The whole name of a placeholder is one word: we take it for the first name too.',
    is: (one) => /^contacts\.\d+\.name\.first_name$/.test(one.path) && one.recorded === '<CONTACT_FIRST_NAME>',
  },
  {
    why: 'Of the policies of a language Meta has kept one, and needs it no more.',
    is: leftOut(/^template\.language\.policy$/),
  },
  {
    why: "Meta's specification says that the index of a button is a text.",
    is: (one) => /^template\.components\.\d+\.index$/.test(one.path) && one.recorded === Number(one.ours),
  },
  {
    why: 'Amounts and dates go out in the words of the flow, not in Meta’s own format, which it does not translate either.',
    is: ({ path, recorded, ours }) =>
      /\.parameters\.\d+\.(type|text|(currency|date_time)\.\w+)$/.test(path) &&
      (ours === undefined ||
        recorded === undefined ||
        (/^(currency|date_time)$/.test(`${recorded}`) && ours === 'text')) &&
      !(/\.text$/.test(path) && ours === undefined),
  },
  {
    why: 'The button of a quick reply is filled with a payload (page "Interactive templates"); these samples fill in its words.',
    is: ({ path, recorded, ours }) =>
      (/\.payload$/.test(path) && recorded === undefined) ||
      (/\.parameters\.0\.text$/.test(path) && ours === undefined) ||
      (/\.parameters\.0\.type$/.test(path) && recorded === 'text' && ours === 'payload'),
  },
  {
    why: 'We register a number and leave what else the call can do: moving its history, where its data lie, its old tier.',
    is: leftOut(/^(backup|tier|data_localization_region)/),
  },
  {
    why: 'The picture of the profile and its account name are set in WhatsApp Manager.',
    is: leftOut(/^(profile_picture_handle|account_name)$/),
  },
  {
    why: 'The page "Media" wants the type of an upload, which these samples write behind the file.',
    is: (one) => one.path === 'type' && one.recorded === undefined,
  },
];

/** All places where two bodies are not the same. */
export function differencesOf(recorded: unknown, ours: unknown): Difference[] {
  const [left, right] = [leavesOf(recorded), leavesOf(ours)];
  return [...new Set([...left.keys(), ...right.keys()])]
    .filter((path) => left.get(path) !== right.get(path))
    .map((path) => ({ path, recorded: left.get(path), ours: right.get(path) }));
}

/** An empty object or list is a leaf too. */
function leavesOf(value: unknown, path: string[] = [], leaves = new Map<string, unknown>()): Map<string, unknown> {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  if (entries.length > 0) for (const [key, inner] of entries) leavesOf(inner, [...path, key], leaves);
  else leaves.set(path.join('.'), typeof value === 'object' ? JSON.stringify(value) : value);
  return leaves;
}
