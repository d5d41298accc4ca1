import { builtinModules } from 'node:module';
import { posix } from 'node:path';
import { APPLICATIONS, DOORS, FEATURES, FOLDERS, ROOM_NAMES, ROOMS, type RoomName } from './arrows.ts';
import { importsOf } from './imports.ts';

export interface House {
  /** Source by path, `/` between folders, from the top of the house. */
  files: ReadonlyMap<string, string>;
  /** What each room's package.json names; tests and tools may also have what the top's names. */
  declared: Record<RoomName | 'top', string[]>;
}

/** Every import that goes against the table, as `file -> what: why`, and every knot of files. */
export function judgeImports({ files, declared }: House): string[] {
  const problems: string[] = [];
  const graph = new Map<string, string[]>();
  const code = [...files].filter(([path]) => isCode(path));
  for (const [path, source] of code) {
    const targets: string[] = [];
    for (const { specifier } of importsOf(path, source)) {
      const why = specifier.startsWith('.') ? byPath(path, specifier, targets) : byName(path, specifier);
      if (why) problems.push(`${path} -> ${specifier}: ${why}`);
    }
    graph.set(path, targets);
  }
  for (const [path] of code) {
    if (roomOf(path) === 'examples' && !inPackage(path, files)) problems.push(`${path}: examples hold data only`);
  }
  return [...problems, ...knots(graph).map((knot) => `a knot: ${knot.join(' -> ')}`)].sort();

  function byPath(path: string, specifier: string, targets: string[]): string | null {
    const target = posix.normalize(posix.join(posix.dirname(path), specifier.replace(/[?#].*$/, '')));
    const room = roomOf(path);
    if (target.startsWith('..')) return 'leads out of the house';
    if (roomOf(target) !== room) return intoRoom(path, roomOf(target), 'path');
    if (files.has(target)) targets.push(target);
    return isTest(path) ? null : insideRoom(path, target);
  }

  function byName(path: string, specifier: string): string | null {
    const room = roomOf(path);
    const free = isTest(path) || isTool(path);
    if (specifier.startsWith('node:')) return ROOMS[room].node || free ? null : `${room} imports nothing of Node`;
    if (builtinModules.includes(specifier)) return `write node:${specifier}`;
    const name = packageOf(specifier);
    const other = ROOM_NAMES.find((one) => name === `@parley/${one}`);
    if (other) return intoRoom(path, other, specifier === name || DOORS.includes(specifier) ? 'door' : 'path');
    const { packages } = ROOMS[room];
    if (!free && packages !== 'declared' && !packages.includes(name)) return `${room} does not import ${name}`;
    const known = [...declared[room], ...(free ? declared.top : [])];
    return known.includes(name) ? null : `${name} is not in package.json`;
  }
}

const CODE = /\.(?:[cm]?[jt]s|tsx|jsx)$/;
export const isCode = (path: string): boolean => CODE.test(path);

const roomOf = (path: string): RoomName => path.split('/')[0] as RoomName;
const isTest = (path: string): boolean => /\.test\.tsx?$|\/testing\//.test(path) || roomOf(path) === 'tests';
const isTool = (path: string): boolean => path.split('/')[1] !== 'src';
const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

function intoRoom(path: string, other: RoomName, by: 'door' | 'path'): string | null {
  const room = roomOf(path);
  if (room === other) return 'inside a room, import the file itself';
  if (!ROOM_NAMES.includes(other)) return 'leads into no room';
  if (!ROOMS[room].rooms.includes(other)) return `${room} does not import ${other}`;
  if (by === 'door') return APPLICATIONS.includes(other) ? `${other} has no front door` : null;
  return APPLICATIONS.includes(other) ? null : `come in by the front door, @parley/${other}`;
}

function insideRoom(path: string, target: string): string | null {
  if (/\.test\.tsx?$|\/testing\//.test(target)) return 'only tests import what is for tests';
  if (isIn(path, FEATURES.folder)) return fromFeature(path, target);
  const own = FOLDERS.filter(({ folder }) => isIn(path, folder)).sort((a, b) => b.folder.length - a.folder.length)[0];
  if (!own || isIn(target, own.folder)) return null;
  const { folder, may, never } = own;
  if (never?.some((one) => isIn(target, one))) return `${folder} does not import this`;
  return may && !may.some((one) => isIn(target, one)) ? `${folder} does not import this` : null;
}

function fromFeature(path: string, target: string): string | null {
  const feature = featureOf(path);
  if (isIn(target, FEATURES.folder)) {
    const other = featureOf(target);
    return other === feature || FEATURES.pairs[feature]?.includes(other)
      ? null
      : `the feature ${feature} does not import ${other}`;
  }
  return FEATURES.may.some((one) => isIn(target, one)) ? null : 'a feature does not import this';
}

const featureOf = (path: string): string => path.slice(FEATURES.folder.length + 1).split('/')[0] ?? '';
const isIn = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`);

/** A folder of `examples/` with a package.json of its own, the one of the room aside. */
function inPackage(path: string, files: ReadonlyMap<string, string>): boolean {
  const folders = path.split('/').slice(1, -1);
  return folders.some((_, index) => files.has(`examples/${folders.slice(0, index + 1).join('/')}/package.json`));
}

/** Files that import each other in a ring, each ring once, as the way round: `a -> b -> a`. */
export function knots(graph: ReadonlyMap<string, string[]>): string[][] {
  const done = new Set<string>();
  const found: string[][] = [];
  for (const start of [...graph.keys()].sort()) {
    const ring = done.has(start) ? null : wayBack(start);
    if (!ring) continue;
    for (const file of ring) done.add(file);
    found.push([...ring, start]);
  }
  return found;

  /** The shortest way from a file back to itself. */
  function wayBack(start: string): string[] | null {
    const before = new Map<string, string>();
    const queue = [start];
    for (const file of queue) {
      for (const next of graph.get(file) ?? []) {
        if (next === start) return trail(file);
        if (before.has(next)) continue;
        before.set(next, file);
        queue.push(next);
      }
    }
    return null;

    function trail(last: string): string[] {
      const way = [last];
      for (let first = last; first !== start; way.unshift(first)) first = before.get(first) ?? start;
      return way;
    }
  }
}
