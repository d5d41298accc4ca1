import { expect, it } from 'vitest';
import { nodeTypes } from './index.ts';
import { CONFIGS } from './testing/random-configs.ts';
import { playSessions, portsWanted } from './testing/random-sessions.ts';

it('every type of node takes part', () => expect(Object.keys(CONFIGS).sort()).toEqual([...nodeTypes.keys()].sort()));

it('no random session of random flows crashes, walks without end, or differs when its snapshot comes from JSON', () => {
  const { broken, sessions, taken, depths } = playSessions({ sessions: 1_000, seed: 11, nodeTypes });
  expect(broken).toEqual([]);
  expect(sessions).toBe(1_000);
  // Whether each was taken a hundred times is shown by `npm run fuzz:flows`
  expect(portsWanted(nodeTypes).filter((port) => !taken.has(port))).toEqual([]);
  expect(depths.length).toBeGreaterThan(1);
});
