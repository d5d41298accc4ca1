import type { Said, Script, Simulation } from '@parley/runtime';
import type { ScriptReply } from './http-answers.ts';

export type ScriptStep = Script['steps'][number];

export interface Recorder {
  /** What the person did. */
  did(step: ScriptStep): void;
  /** What the bot said since. */
  heard(said: readonly Said[]): void;
  /** What the flow wanted done besides sending: the named fields must come again. */
  wanted(effect: { type: string } & Record<string, unknown>): void;
  /** Who has the conversation from now on. */
  owned(owner: Simulation['owner']): void;
  answered(match: string, reply: ScriptReply): void;
  /** Everything up to now with how it stands; forgets it, so that another conversation can begin. */
  finish(simulation: Simulation): ScriptStep[];
}

/** Writes a conversation down as the steps of a script. */
export function createRecorder(): Recorder {
  let steps: ScriptStep[] = [];
  return {
    did: (step) => void steps.push(step),
    heard: (said) => void steps.push(...said.flatMap(stepsOf)),
    wanted: (effect) => void steps.push({ effect }),
    owned: (owner) => void steps.push({ owner }),
    answered: (match, reply) => void steps.push({ http: { match, reply } }),
    finish: (simulation) => {
      const all = steps.length === 0 ? [] : [...steps, endOf(simulation)];
      steps = [];
      return all;
    },
  };
}

function stepsOf(said: Said): ScriptStep[] {
  return said.from === 'bot' ? [{ out: said.content }] : [];
}

function endOf({ status, fault, variables, at }: Simulation): ScriptStep {
  const open = status === 'waiting' || status === 'calling';
  return {
    end: {
      status,
      ...(open && at ? { at: at.node } : {}),
      ...(status === 'failed' && fault ? { fault: fault.code } : {}),
      ...(Object.keys(variables).length > 0 ? { variables } : {}),
    },
  };
}
