import type { HttpReply, HttpRequest, InboundMessage, Json, JsonObject, Simulation } from '@parley/runtime';

/** What somebody did from outside: all that a conversation is made of. */
export type Input =
  | { kind: 'say'; message: InboundMessage }
  | { kind: 'begin'; node: string; data: Json }
  | { kind: 'happen'; name: string; data: JsonObject }
  | { kind: 'playFrom'; node: string; variables: JsonObject }
  | { kind: 'wait'; duration: string }
  | { kind: 'resume' }
  | { kind: 'close' }
  | { kind: 'refuse'; reason: string };

/** What another system said; null is no answer at all. */
export interface Answer {
  /** The beginning of `GET https://…`. */
  match: string;
  reply: HttpReply | null;
}

/** An input, and what other systems said until the bot had nothing more to do: played again, it gives the same. */
export interface Turn {
  input: Input;
  answers: Answer[];
}

/** Where no answer came, in the words that a flow reads in production. */
export const NO_ANSWER = 'The address did not answer.';

export const askedOf = ({ method, url }: HttpRequest): string => `${method} ${url}`;

/** The first answer that fits, the nearest address first; it is used up, unless it is the last one of its address. */
export function takeAnswer(answers: Answer[], request: HttpRequest, isKept = false): Answer | null {
  const asked = askedOf(request);
  const fitting = answers.filter(({ match }) => asked.startsWith(match));
  const longest = Math.max(...fitting.map(({ match }) => match.length));
  const nearest = fitting.filter(({ match }) => match.length === longest);
  const [found = null] = nearest;
  if (found && (nearest.length > 1 || !isKept)) answers.splice(answers.indexOf(found), 1);
  return found;
}

/** Resolves when the bot has nothing more to do. */
export async function play(simulation: Simulation, input: Input): Promise<void> {
  switch (input.kind) {
    case 'say':
      return simulation.say(input.message);
    case 'begin':
      await simulation.begin({ node: input.node, data: input.data });
      return;
    case 'happen':
      await simulation.happen({ name: input.name, data: input.data });
      return;
    case 'playFrom':
      return simulation.playFrom({ node: input.node, variables: input.variables });
    case 'wait':
      return simulation.wait(input.duration);
    case 'resume':
      return simulation.resume();
    case 'close':
      return simulation.close();
    case 'refuse':
      return simulation.failNextSend(input.reason);
  }
}
