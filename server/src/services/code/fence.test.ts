import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildFence, nodeArgs } from './fence.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'parley-fence-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What a process with a runner's rights is refused. */
function refusalOf(code: string): string {
  const { args } = buildFence('');
  const rights = nodeArgs([]).filter((arg) => arg.startsWith('--') && !arg.startsWith('--allow'));
  expect(args).toEqual(expect.arrayContaining(rights));
  const { stdout, stderr } = spawnSync(process.execPath, [...rights, '--input-type=module', '-e', code], {
    encoding: 'utf8',
    env: {},
  });
  return stdout + stderr;
}

describe('a runner may not', () => {
  it.each([
    ['read files', 'await import("node:fs").then((fs) => fs.readFileSync("/etc/passwd"))', 'ERR_ACCESS_DENIED'],
    ['write files', 'await import("node:fs").then((fs) => fs.writeFileSync("/tmp/parley-x", ""))', 'ERR_ACCESS_DENIED'],
    ['start children', 'await import("node:child_process").then((cp) => cp.spawnSync("id"))', 'ERR_ACCESS_DENIED'],
    [
      'start threads',
      'await import("node:worker_threads").then(({ Worker }) => new Worker("1", { eval: true }))',
      'ERR_ACCESS_DENIED',
    ],
    [
      'reach the network',
      'await fetch("http://127.0.0.1:4321/").catch((error) => { throw error.cause })',
      'ERR_ACCESS_DENIED',
    ],
    ['make code of texts', 'new Function("return 1")()', 'Code generation from strings disallowed'],
    ['change prototypes by __proto__', '({}).__proto__', 'ERR_PROTO_ACCESS'],
  ])('%s', (_, code, refusal) => expect(refusalOf(code)).toContain(refusal));
});

describe('bubblewrap', () => {
  const tool = (does: string) => {
    writeFileSync(join(folder, 'bwrap'), `#!/bin/sh\n${does}\n`);
    chmodSync(join(folder, 'bwrap'), 0o755);
    return buildFence(folder);
  };

  it('is used where it works', () => {
    const { walls, args } = tool('exit 0');
    expect(walls).toBe('bubblewrap');
    expect(args).toEqual(expect.arrayContaining(['--unshare-all', '--die-with-parent', '--permission']));
  });

  it('is done without where it may not make namespaces, or is not there', () => {
    expect(tool('echo "bwrap: No permissions to create new namespace" >&2; exit 1').walls).toBe('permissions');
    expect(buildFence('').walls).toBe('permissions');
  });
});
