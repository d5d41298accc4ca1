import type { HttpReply, HttpRequest, Services, Simulation } from '@parley/runtime';
import { createStore } from '@xstate/store';
import { breakAt, momentOfLine, nextBreak, nextStop, stopBefore } from './playback.ts';
import { beginRun, type Run, type Setup, triedIn } from './run.ts';
import { type Mode, type TalkView, viewOf } from './talk-view.ts';
import { type Answer, askedOf, type Input, NO_ANSWER, play, type Turn, takeAnswer } from './turn.ts';

export interface TalkOptions {
  setup: Setup;
  code?: Services['code'];
  /** Answers that are given without asking; null asks. */
  answerFor?: (request: HttpRequest) => Answer | null;
  breakpoints?: () => readonly string[];
}

export type Talk = ReturnType<typeof createTalk>;

/**
 * One conversation with one flow, and with those that it runs or starts. Turns run one after the other, as in
 * production. Every turn is kept with what other systems answered, so that the talk can go back to any moment and on
 * from there; what is shown may lag behind what has happened (stepping), never the other way round.
 */
export function createTalk({ setup, code, answerFor = () => null, breakpoints = () => [] }: TalkOptions) {
  let stepping = false;
  let run = begin(setup);
  const store = createStore({
    context: view(),
    on: { changed: (_, event: { view: TalkView }) => event.view },
  });

  function begin(from: Setup, again: readonly Turn[] = [], pool: readonly Answer[] = []): Run {
    return beginRun(from, { again: again.length, pool, ask, code });
  }

  async function ask(mine: Run, request: HttpRequest): Promise<HttpReply> {
    const known = takeAnswer(mine.answers, request) ?? takeAnswer(mine.pool, request, true) ?? answerFor(request);
    const reply = known ? known.reply : await askPerson(mine, request);
    mine.turns.at(-1)?.answers.push({ match: askedOf(request), reply });
    if (reply) return reply;
    throw new Error(NO_ANSWER);
  }

  const askPerson = (mine: Run, request: HttpRequest): Promise<HttpReply | null> =>
    new Promise((resolve) => {
      mine.question = request;
      mine.settle = (reply) => {
        mine.question = null;
        mine.settle = null;
        resolve(reply);
      };
      show();
    });

  function view(): TalkView {
    const { simulation, cursor, question, queued, crash, turns, begins, setup } = run;
    const lastTurn = begins.at(-1) ?? 0;
    const halted = cursor === null ? undefined : simulation.frames[cursor];
    const open = {
      breakpoint: breakAt(halted, breakpoints(), triedIn(setup)),
      flow: setup.flow,
      tried: triedIn(setup),
      question,
      queued,
      crash,
      stepping,
      turns: turns.length,
      lastTurn,
    };
    return viewOf(simulation, cursor, modeOf(run), open);
  }

  /** Shows what has happened since, up to where something halts it. */
  function show(): void {
    const { frames } = run.simulation;
    if (run.cursor === null && run.again === 0) moveOn(run.seen);
    else if (run.cursor === null) run.seen = frames.length;
    store.trigger.changed({ view: view() });
  }

  function moveOn(from: number): void {
    const { frames } = run.simulation;
    run.cursor = stepping ? nextStop(frames, from) : nextBreak(frames, from, breakpoints(), triedIn(run.setup));
    run.seen = Math.max(run.seen, run.cursor ?? frames.length);
  }

  /** Plays a turn when those before it are done. A talk that was left meanwhile stays as it is. */
  function next(input: Input, answers: readonly Answer[] = [], isAgain = false): Promise<void> {
    const mine = run;
    mine.queued += 1;
    mine.last = mine.last.then(async () => {
      mine.queued -= 1;
      if (mine !== run || mine.crash !== null) return;
      mine.begins.push(mine.simulation.frames.length);
      mine.turns.push({ input, answers: [] });
      mine.answers = [...answers];
      await play(mine.simulation, input).catch((error: unknown) => {
        mine.crash = error instanceof Error ? error.message : String(error);
      });
      mine.answers = [];
      if (mine !== run) return;
      show();
      if (isAgain) mine.again -= 1;
    });
    if (mine.question) show();
    return mine.last;
  }

  /** Begins anew and plays these turns again. */
  function replay(from: Setup, turns: readonly Turn[], pool: readonly Answer[] = []): Promise<void> {
    run = begin(from, turns, pool);
    show();
    for (const { input, answers } of turns) void next(input, answers, true);
    return run.last;
  }

  /** Goes on from the moment that is shown: whatever came after its turn is left behind. */
  function forkIfBack(): void {
    const { cursor, begins, turns } = run;
    if (cursor === null || modeOf(run) !== 'back') return;
    const turn = begins.findLastIndex((first) => first <= cursor);
    void replay(run.setup, turns.slice(0, turn + 1), run.pool);
  }

  return {
    store,
    /** Somebody does something. Where an earlier moment is shown, the talk goes on from there. */
    act: (input: Input): Promise<void> => {
      forkIfBack();
      return next(input);
    },
    /** Null: no answer came. */
    answer: (reply: HttpReply | null) => {
      run.settle?.(reply);
      show();
    },
    /** From the beginning, with what is given changed. */
    restart: (changed: Partial<Setup>) => replay({ ...run.setup, ...changed }, []),
    /** From the beginning, the same words again. */
    repeat: (changed: Partial<Setup>) => replay({ ...run.setup, ...changed }, run.turns),
    /** Another talk in place of this one; `pool` holds answers for whatever its turns ask. */
    open: (from: Setup, turns: readonly Turn[], pool: readonly Answer[] = []) => replay(from, turns, pool),
    /** Halts before the next node that is reached. */
    pause: () => {
      stepping = true;
      show();
    },
    /** Shows one node more. */
    step: () => {
      if (run.cursor === null) return;
      stepping = true;
      moveOn(run.cursor + 1);
      store.trigger.changed({ view: view() });
    },
    /** Shows all up to the next breakpoint. */
    goOn: () => {
      stepping = false;
      moveOn((run.cursor ?? run.seen) + 1);
      store.trigger.changed({ view: view() });
    },
    stepBack: () => {
      run.cursor = stopBefore(run.simulation.frames, run.cursor ?? run.simulation.frames.length - 1) ?? run.cursor;
      store.trigger.changed({ view: view() });
    },
    /** Shows an earlier moment; at or beyond the end, all. */
    goTo: (moment: number) => {
      run.cursor = moment >= run.simulation.frames.length - 1 ? null : Math.max(moment, 0);
      run.seen = Math.max(run.seen, run.cursor ?? run.simulation.frames.length);
      store.trigger.changed({ view: view() });
    },
    goToLine: (line: number) => {
      run.cursor = momentOfLine(run.simulation.frames, line);
      store.trigger.changed({ view: view() });
    },
    /** The talk so far, to be kept. */
    record: (): { setup: Setup; turns: readonly Turn[]; simulation: Simulation; begins: readonly number[] } => {
      const { setup, turns, simulation, begins } = run;
      return { setup, turns, simulation, begins };
    },
    idle: () => run.last,
  };
}

const modeOf = ({ cursor, seen }: Run): Mode => (cursor === null ? 'live' : cursor < seen ? 'back' : 'halted');
