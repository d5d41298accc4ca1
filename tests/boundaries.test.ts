import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOM_NAMES, TOP_LEVEL } from './boundaries/arrows.ts';
import { importsOf } from './boundaries/imports.ts';
import { type House, isCode, judgeImports } from './boundaries/judge-imports.ts';

const HOUSE = new URL('..', import.meta.url).pathname;
const SKIPPED = ['node_modules', 'dist', 'coverage', '.turbo'];

describe('the arrows of the house', () => {
  it('holds them', () => {
    const house = readHouse();
    expect(house.files.size).toBeGreaterThan(200);
    expect(judgeImports(house)).toEqual([]);
  });

  it('has nothing else at the top', () => {
    const ignored = readFileSync(join(HOUSE, '.gitignore'), 'utf8')
      .split('\n')
      .map((line) => line.replaceAll('/', ''));
    const entries = readdirSync(HOUSE).filter((name) => !name.startsWith('.') && !ignored.includes(name));
    expect(entries.filter((name) => !TOP_LEVEL.includes(name) && !name.endsWith('.log'))).toEqual([]);
    expect(ROOM_NAMES.filter((name) => !entries.includes(name))).toEqual([]);
  });
});

describe('the judge of the arrows', () => {
  const judged = (files: Record<string, string>, declared: Partial<House['declared']> = {}) =>
    judgeImports({
      files: new Map(Object.entries(files)),
      declared: { runtime: [], nodes: [], server: [], editor: [], examples: [], tests: [], top: [], ...declared },
    });
  const one = (path: string, source: string, declared?: Partial<House['declared']>) =>
    judged({ [path]: source }, declared);

  it.each([
    ['runtime/src/a.ts', "import { nodes } from '@parley/nodes';", 'runtime does not import nodes'],
    ['runtime/src/a.ts', "import { readFile } from 'node:fs/promises';", 'runtime imports nothing of Node'],
    ['runtime/src/a.ts', "import type { Model } from 'mongoose';", 'runtime does not import mongoose'],
    ['runtime/src/a.ts', "import { useState } from 'react';", 'runtime does not import react'],
    ['runtime/src/a.ts', "import { z } from 'zod';", 'zod is not in package.json'],
    ['nodes/src/a.ts', "import { app } from '@parley/server';", 'nodes does not import server'],
    ['nodes/src/a.ts', "import { x } from '../../runtime/src/x.ts';", 'come in by the front door, @parley/runtime'],
    ['nodes/src/a.ts', "import { x } from '@parley/runtime/src/x.ts';", 'come in by the front door, @parley/runtime'],
    ['nodes/src/a.ts', "import { x } from '@parley/nodes';", 'inside a room, import the file itself'],
    ['editor/src/a.tsx', "import type { Shape } from '../../server/src/shape.ts';", 'editor does not import server'],
    ['editor/src/canvas/a.tsx', "import { b } from '../inspector/b.tsx';", 'editor/src/canvas does not import this'],
    ['editor/src/ui/a.tsx', "export { b } from '../document/b.ts';", 'editor/src/ui does not import this'],
    ['server/src/a.ts', "const editor = await import('../../editor/src/b.ts');", 'server does not import editor'],
    ['server/src/a.ts', "import fs from 'fs';", 'write node:fs'],
    ['server/src/plugins/a.ts', "import '../features/flows/b.ts';", 'server/src/plugins does not import this'],
    [
      'server/src/channels/whatsapp/meta/a.ts',
      "export * from '../../../features/flows/b.ts';",
      'server/src/channels/whatsapp does not import this',
    ],
    ['server/src/engine/a.ts', "import { b } from '../features/b/c.ts';", 'server/src/engine does not import this'],
    ['server/src/storage/a.ts', "import type { B } from '../engine/b.ts';", 'server/src/storage does not import this'],
    [
      'server/src/storage/embedded/a.ts',
      "import type { B } from '../page.ts';",
      'server/src/storage/embedded does not import this',
    ],
    [
      'server/src/features/flows/a.ts',
      "import { b } from '../contacts/b.ts';",
      'the feature flows does not import contacts',
    ],
    ['server/src/features/flows/a.ts', "import { b } from '../../app.ts';", 'a feature does not import this'],
    ['server/src/app.ts', "import { b } from './testing/b.ts';", 'only tests import what is for tests'],
    ['server/src/a.ts', "type B = import('../../../elsewhere/b.ts').B;", 'leads out of the house'],
    ['tests/a.ts', "import { x } from '../runtime/src/x.ts';", 'come in by the front door, @parley/runtime'],
  ])('refuses %s: %s', (path, source, why) => {
    const specifier = /'([^']*)'/.exec(source)?.[1];
    expect(one(path, source)).toEqual([`${path} -> ${specifier}: ${why}`]);
  });

  it.each([
    ['runtime/src/a.ts', "import { z } from 'zod';\nimport { b } from './b.ts';"],
    ['runtime/src/a.test.ts', "import { readFile } from 'node:fs/promises';\nimport { it } from 'vitest';"],
    ['nodes/src/a.ts', "import { defineNode } from '@parley/runtime';"],
    ['editor/src/pages/bots/a.tsx', "import { b } from '../../canvas/b.tsx';\nimport { nodes } from '@parley/nodes';"],
    ['editor/src/canvas/a.tsx', "import { b } from './b.tsx';\nimport { c } from '../document/c.ts';"],
    ['server/src/app.ts', "import { flows } from './features/flows/routes.ts';"],
    ['server/src/features/flows/a.ts', "import { b } from './b.ts';\nimport { c } from '../../storage/c.ts';"],
    ['server/src/engine/a.test.ts', "import { startTestApp } from '../testing/app.ts';"],
    ['tests/a.ts', "import { startTestApp } from '@parley/server/src/testing/app.ts';"],
  ])('lets %s be', (path, source) => {
    const all = ['zod', 'vitest', '@parley/runtime'];
    expect(one(path, source, { runtime: all, top: all })).toEqual([]);
  });

  it('lets code into examples only as a node package', () => {
    const files = { 'examples/orders.ts': '', 'examples/acme/package.json': '{}', 'examples/acme/nodes.ts': '' };
    expect(judged(files)).toEqual(['examples/orders.ts: examples hold data only']);
  });

  it('finds a knot, types included, and names the way round', () => {
    const files = {
      'runtime/src/a.ts': "import { b } from './b.ts';",
      'runtime/src/b.ts': "import { c } from './c.ts';",
      'runtime/src/c.ts': "import type { A } from './a.ts';",
      'runtime/src/d.ts': "import { a } from './a.ts';",
      'runtime/src/e.ts': "import { e } from './e.ts';",
    };
    expect(judged(files)).toEqual([
      'a knot: runtime/src/a.ts -> runtime/src/b.ts -> runtime/src/c.ts -> runtime/src/a.ts',
      'a knot: runtime/src/e.ts -> runtime/src/e.ts',
    ]);
  });

  it('reads every form of an import, and nothing out of a comment or a quoted line', () => {
    const source = [
      "import one, { type Two } from 'one';",
      'import {\n  two,\n  three,\n} from "two";',
      "import type { Three } from 'three';",
      "import 'four';",
      "export { five } from 'five';",
      "export * as six from 'six';",
      "export type * from 'seven';",
      "const eight = await import('eight');",
      "let nine: import('nine').Nine;",
      "const ten = createRequire(import.meta.url); require('ten');",
      "// import eleven from 'eleven'",
      "/* await import('twelve') */ const address = 'https://a.example/'; await import('thirteen');",
      "const quoted = `  import x from 'fourteen';`;",
    ].join('\n');
    expect(
      importsOf('a.ts', source)
        .map(({ specifier }) => specifier)
        .sort(),
    ).toEqual(['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'thirteen'].sort());
  });
});

/** The rooms as they lie here, without what is built or installed. */
function readHouse(): House {
  const files = new Map<string, string>();
  for (const room of ROOM_NAMES) {
    const entries = readdirSync(join(HOUSE, room), { recursive: true, withFileTypes: true });
    for (const entry of entries) {
      const path = join(entry.parentPath, entry.name).slice(HOUSE.length);
      if (!entry.isFile() || path.split('/').some((part) => SKIPPED.includes(part))) continue;
      if (isCode(path) || (entry.name === 'package.json' && path.split('/').length > 2))
        files.set(path, readFileSync(join(HOUSE, path), 'utf8'));
    }
  }
  const names = ['top', ...ROOM_NAMES] as const;
  const declared = Object.fromEntries(names.map((name) => [name, declaredBy(name === 'top' ? '.' : name)]));
  return { files, declared: declared as House['declared'] };
}

function declaredBy(folder: string): string[] {
  const manifest = JSON.parse(readFileSync(join(HOUSE, folder, 'package.json'), 'utf8')) as Record<string, object>;
  return [manifest.dependencies ?? {}, manifest.devDependencies ?? {}].flatMap((list) => Object.keys(list));
}
