import { nodeTypes } from '@parley/nodes';
import { createSimulation, type Flow, type HttpReply, type HttpRequest, type InboundMessage } from '@parley/runtime';
import { createStore } from '@xstate/store';
import { type ChatView, viewOf } from './chat-view.ts';
import { createCodeService } from './code-service.ts';
import { words } from './words.ts';

export type Chat = ReturnType<typeof createChat>;

/** One conversation with one flow, and with those that it runs or starts. Steps run one after the other, as in production: a message waits for the one before. */
export function createChat(flow: Flow, library: Readonly<Record<string, Flow>>, now: () => Date) {
  const code = createCodeService();
  let run = begin();
  const store = createStore({
    context: viewOf(run.simulation, flow, run.open),
    on: { changed: (_, event: { view: ChatView }) => event.view },
  });

  function begin() {
    const open = { question: null as HttpRequest | null, queued: 0, crash: null as string | null };
    const made = {
      open,
      answer: null as ((reply: HttpReply | null) => void) | null,
      last: Promise.resolve(),
      simulation: createSimulation({
        flows: [
          { id: 'flw_tried', version: 1, createdAt: new Date(0), document: flow },
          ...Object.entries(library).map(([id, document]) => ({ id, version: 1, createdAt: new Date(1), document })),
        ],
        nodeTypes,
        now: now().toISOString(),
        // A flow that serves some channels only is tried on one of them
        channel: flow.settings.channels[0],
        services: { http: ask, code },
      }),
    };
    return made;

    function ask(request: HttpRequest): Promise<HttpReply> {
      return new Promise((resolve, reject) => {
        open.question = request;
        made.answer = (reply) => {
          open.question = null;
          made.answer = null;
          if (reply) resolve(reply);
          else reject(new Error(words.http.noAnswer));
        };
        show();
      });
    }
  }

  const show = () => store.trigger.changed({ view: viewOf(run.simulation, flow, run.open) });

  /** Runs a step when those before it are done. A restart meanwhile leaves the old conversation behind. */
  function next(step: () => Promise<void>): Promise<void> {
    const mine = run;
    mine.open.queued += 1;
    mine.last = mine.last.then(async () => {
      mine.open.queued -= 1;
      if (mine === run && mine.open.crash === null) {
        await step().catch((error: unknown) => {
          mine.open.crash = error instanceof Error ? error.message : String(error);
        });
      }
      if (mine === run) show();
    });
    if (mine.open.question) show();
    return mine.last;
  }

  return {
    store,
    say: (message: InboundMessage) => next(() => run.simulation.say(message)),
    /** As if the trigger's webhook, schedule or event had come, with nothing in it. */
    begin: (node: string) => next(async () => void (await run.simulation.begin({ node, data: {} }))),
    skip: (duration: string) => next(() => run.simulation.wait(duration)),
    giveBack: () => next(() => run.simulation.resume()),
    /** Null: no answer came. */
    answer: (reply: HttpReply | null) => {
      run.answer?.(reply);
      show();
    },
    restart: () => {
      run = begin();
      show();
    },
  };
}
