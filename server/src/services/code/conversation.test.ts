import { expect, it } from 'vitest';
import { openHome, startEngineWorld } from '../../engine/testing/world.ts';
import { buildFence } from './fence.ts';
import { createCodeRunners } from './service.ts';
import { startRunner } from './start-runner.ts';

const say = (id: string, text: string) => ({ id, type: 'chat.send', config: { text } });
const source = "if (message.text === 'loop') for (;;); return message.text.split('').reverse().join('')";
const flow = {
  nodes: [
    { id: 'start', type: 'trigger.message', config: { match: 'any' } },
    { id: 'code', type: 'data.code', config: { code: source, saveAs: 'word' } },
    say('good', 'Backwards {{word}}'),
    say('bad', 'Sorry'),
  ],
  edges: [
    { id: 'e1', source: 'start', sourceHandle: 'next', target: 'code' },
    { id: 'e2', source: 'code', sourceHandle: 'next', target: 'good' },
    { id: 'e3', source: 'code', sourceHandle: 'error', target: 'bad' },
  ],
};

it("plays a conversation with an author's code, also where its process is killed in the middle", async () => {
  const pids: number[] = [];
  let kills = 0;
  const runners = createCodeRunners({
    start: async () => {
      const runner = await startRunner(buildFence());
      pids.push(runner.pid);
      return {
        ...runner,
        run: (work) => {
          const answer = runner.run(work);
          if (kills > 0) process.kill(runner.pid, 'SIGKILL');
          kills -= 1;
          return answer;
        },
      };
    },
  });
  const home = await openHome();
  const world = await startEngineWorld(home.connection, { flow, code: (request) => runners.run('org_test', request) });
  try {
    const engine = world.worker();
    const phone = '447700900001';
    await world.write(engine, phone, 'stressed');
    await world.write(engine, phone, 'loop');
    kills = 1;
    await world.hear(engine, phone, 'loop', 'killed'); // by itself it would still run when it is killed
    await world.hear(engine, phone, 'drawer'); // waits in the mailbox meanwhile
    await engine.settle();
    await world.rest();
    expect(world.provider.texts()).toEqual(['Backwards desserts', 'Sorry', 'Sorry', 'Backwards reward']);
    expect(pids).toHaveLength(2);
    const journal = (await world.rows({ kind: 'answer' })).map(({ payload }) => (payload as { error?: string }).error);
    expect(journal[2]).toBe('The process that ran the code ended before the code did.');
    const references = world.provider.sends.map(({ reference }) => reference);
    expect(new Set(references).size).toBe(4);
  } finally {
    await world.stop();
    await runners.stop();
    await home.close();
  }
});
