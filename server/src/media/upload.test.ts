import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId } from '../storage/ids.ts';
import { createTakeUpload } from './upload.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-upload-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it('films are made one at a time, and one that fails holds up no other', async () => {
  // Takes no film while another is under way; a broken GIF makes it fail
  const encoder = join(folder, 'encoder');
  const lines = [
    '#!/bin/sh',
    `/bin/mkdir '${folder}/busy' || exit 1`,
    'for to; do :; done',
    'count=0; while [ $count -lt 50000 ]; do count=$((count + 1)); done',
    'echo film > "$to"',
    `/bin/rmdir '${folder}/busy'`,
    'case "$*" in *broken*) exit 1;; esac',
  ];
  await writeFile(encoder, lines.join('\n'), { mode: 0o700 });
  let drafts = 0;
  const takeUpload = createTakeUpload({
    media: { add: async () => {} },
    files: {
      draft: () => join(folder, `draft-${++drafts}`),
      put: async () => {},
      remove: async () => {},
      read: () => Promise.reject(new Error('nobody reads')),
      local: () => Promise.reject(new Error('nobody reads')),
    },
    workshop: { run: async () => ({ kind: 'needs-encoder' }) },
    newId,
    now: () => new Date('2026-03-02T09:00:00Z'),
    encoder: async () => encoder,
  });
  const names = ['one.gif', 'broken.gif', 'two.gif', 'three.gif'];
  const ends = await Promise.allSettled(
    names.map((filename) =>
      takeUpload({ organization: 'org_1', path: filename, filename, declaredType: 'image/gif', as: null }),
    ),
  );
  expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
});
