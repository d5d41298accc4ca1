import { fold } from '../fold.ts';
import { helperGroup } from '../helper.ts';
import { languageOf, numberFormat, pluralRule } from '../locale.ts';
import type { Rendering } from '../rendering.ts';
import { isTruthy, valueToNumber, valueToText } from '../value.ts';

const FORMS = ['zero', 'one', 'two', 'few', 'many'];

/** `#` in a form stands for the number as the language writes it. */
function plural([count, zero, one, two, few, many, other, language]: unknown[], rendering: Rendering): unknown {
  const number = valueToNumber(count);
  if (number === null) return null;
  const tongue = language === undefined ? rendering.language : languageOf(valueToText(language));
  const category = pluralRule(tongue).select(number);
  // English has no zero form, but authors want "none": 0 takes it wherever it is given.
  const chosen = number === 0 && zero !== undefined ? zero : [zero, one, two, few, many][FORMS.indexOf(category)];
  const form = valueToText(chosen ?? other);
  const shown = numberFormat(tongue, { maximumFractionDigits: 10 }).format(number);
  rendering.makesText(form.length + (form.split('#').length - 1) * shown.length);
  return form.replaceAll('#', () => shown);
}

function choose([value, other, ...choices]: unknown[], _: Rendering, names: readonly string[]): unknown {
  const wanted = fold(valueToText(value));
  const found = names.findIndex((name) => fold(name) === wanted);
  return found < 0 ? other : choices[found];
}

/** One of several words. */
export const choiceHelpers = helperGroup('choice', {
  default: {
    takes: 'value: value, otherwise: value',
    gives: 'value',
    does: 'The value, or another one where it is empty, no or 0.',
    example: ['Hi {{default contact.firstName "there"}}', 'Hi there', { contact: { firstName: '' } }],
    run: ([value, otherwise]) => (isTruthy(value) ? value : otherwise),
  },
  when: {
    takes: 'condition: value, then: value, otherwise?: value',
    gives: 'value',
    does: 'The second value where the first holds, else the third.',
    example: ['{{when (gt total 100) "Free delivery" "Delivery: 5 €"}}', 'Free delivery', { total: 120 }],
    run: ([condition, then, otherwise]) => (isTruthy(condition) ? then : otherwise),
  },
  choose: {
    takes: 'value: value; other?: value, ...: value',
    gives: 'value',
    does: 'The value whose name is the first value, without minding case and accents; `other` where there is none. A name that is no word is written in brackets: [in transit]="...".',
    example: [
      '{{choose status paid="Thank you!" open="Please pay." other="We look into it."}}',
      'Please pay.',
      { status: 'Open' },
    ],
    run: choose,
  },
  plural: {
    takes: 'count: number; zero?: text, one?: text, two?: text, few?: text, many?: text, other: text, language?: text',
    gives: 'text',
    does: "The form of a number in the bot's language; # stands for the number. `zero` is also taken for 0 in languages without such a form.",
    example: ['{{plural count zero="no messages" one="# message" other="# messages"}}', '3 messages', { count: 3 }],
    run: plural,
  },
});
