import { nodeTypes } from '@parley/nodes';
import { checkFlow } from '@parley/runtime';
import { counted, type Diagnostic, failing, NOT_READ, notApplicable, ok, unknown, warning } from './diagnostic.ts';
import type { OwnFacts } from './facts.ts';

const topic = 'Agent not responding' as const;
const SLOW = 30; // seconds; people on WhatsApp expect an answer within them
const PATIENCE = 60_000; // ms that an answer may take before it counts as missing

/** The live flows that serve this channel: those that name it, and those that name none. */
export const serving = (flows: NonNullable<OwnFacts['flows']>, channel: string) =>
  flows.filter(({ document }) => {
    const { channels } = document.settings;
    return channels.length === 0 || channels.includes(channel);
  });

const agent: Diagnostic = {
  id: 'agent-configuration',
  topic,
  title: 'Flow configuration',
  judge({ own, channel }) {
    if (!own.flows) return NOT_READ;
    const flows = serving(own.flows, channel.id);
    if (flows.length === 0) return notApplicable('No live flow serves this channel.');
    const broken = flows.flatMap(({ name, document }) => {
      const error = checkFlow(document, nodeTypes).find(({ severity }) => severity === 'error');
      return error ? [{ name, error }] : [];
    });
    const [first] = broken;
    if (first)
      return failing(
        'flow_broken',
        `The live flow "${first.name}" has a fault: ${first.error.message}`,
        'Open the flow, repair what it marks in red, and publish it again.',
      );
    return ok(`${counted(flows.length, 'live flow')} without a fault.`);
  },
};

const assignment: Diagnostic = {
  id: 'channel-assignment',
  topic,
  title: 'Channel assignment',
  judge({ own, channel }) {
    if (!channel.enabled)
      return failing(
        'channel_disabled',
        'This channel is switched off: nothing that comes in is answered.',
        'Switch it on: PATCH /api/channels/{id} {"enabled": true}.',
      );
    if (!own.flows) return NOT_READ;
    const flows = serving(own.flows, channel.id);
    const listening = flows.filter(({ document }) => document.nodes.some(({ type }) => type === 'trigger.message'));
    if (listening.length > 0)
      return ok(
        `Answered by ${listening
          .map(({ name }) => `"${name}"`)
          .slice(0, 5)
          .join(', ')}.`,
      );
    const message = 'No live flow answers what people write to this number.';
    const remedy =
      'Publish a flow with a message trigger, and name this channel in its settings, or no channel at all to serve every one.';
    // Until somebody has written, nobody was left without an answer
    return channel.heardFromAt ? failing('nobody_answers', message, remedy) : warning(message, remedy);
  },
};

const conversations: Diagnostic = {
  id: 'conversation-log',
  topic,
  title: 'Faults in conversations',
  judge({ own }) {
    if (!own.faults) return NOT_READ;
    const [first] = own.faults;
    if (!first) return ok('No flow broke in a conversation in the last 24 hours.');
    return failing(
      'conversations_failed',
      `${counted(own.faults.length, 'conversation')} of the last 24 hours ended with a fault of the flow.`,
      `Open conversation ${first.conversation}: its journal names the node and the reason.`,
    );
  },
};

const textTest: Diagnostic = {
  id: 'text-test',
  topic,
  title: 'Answers to simple messages',
  judge({ own, now }) {
    if (!own.traffic) return NOT_READ;
    const { last, answerSeconds } = own.traffic;
    if (!last)
      return unknown(
        'Nobody has written in the last 24 hours.',
        'Write "hello" to the number from a phone, then check again.',
      );
    if (last.answered) {
      const slowest = Math.max(0, ...answerSeconds);
      if (slowest > SLOW)
        return warning(
          `The last message was answered, but one in the last 24 hours waited ${Math.round(slowest)} seconds.`,
          'Look for slow HTTP calls and waits in the flow; people expect an answer within 30 seconds.',
        );
      return ok('The last message was answered.');
    }
    if (last.ownedByPeople) return ok('The last message waits for a person of the team, as it should.');
    if (now.getTime() - last.at.getTime() < PATIENCE)
      return unknown('The last message came a moment ago.', 'Check again in a minute.');
    return failing(
      'unanswered',
      `The last message, of ${last.at.toISOString()}, has had no answer.`,
      'Open the conversation: its journal says which flow heard it, or why none did.',
    );
  },
};

export const answering: Diagnostic[] = [agent, assignment, conversations, textTest];
