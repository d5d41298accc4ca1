/** The arrows of the house (DESIGN, section 1). What is not in this table is not allowed. */

export const ROOM_NAMES = ['runtime', 'nodes', 'server', 'editor', 'examples', 'tests'] as const;
export type RoomName = (typeof ROOM_NAMES)[number];

interface Room {
  /** The rooms that it may import, by their front door. */
  rooms: RoomName[];
  /** Node's own modules. Tests and tools (what lies beside `src`) may have them in every room. */
  node: boolean;
  /** Packages of others; `declared` is whatever the room's package.json names. */
  packages: string[] | 'declared';
}

export const ROOMS: Record<RoomName, Room> = {
  runtime: { rooms: [], node: false, packages: ['handlebars', 'libphonenumber-js', 'luxon', 're2js', 'xstate', 'zod'] },
  nodes: {
    rooms: ['runtime'],
    node: false,
    packages: ['libphonenumber-js', 'luxon', 'quickjs-emscripten-core', 'zod'],
  },
  editor: { rooms: ['runtime', 'nodes'], node: false, packages: 'declared' },
  server: { rooms: ['runtime', 'nodes'], node: true, packages: 'declared' },
  // Flows are data; only a custom node package holds code, and it knows no more than a stranger's would
  examples: { rooms: ['runtime'], node: false, packages: ['zod'] },
  tests: { rooms: ['runtime', 'nodes', 'server', 'editor', 'examples'], node: true, packages: 'declared' },
};

/** Rooms without a front door: applications. Only `tests/` looks inside. */
export const APPLICATIONS: RoomName[] = ['server', 'editor', 'examples'];

/** Further doors: the evaluator of authors' code, for processes and threads that hold nothing else. */
export const DOORS = ['@parley/nodes/code'];

interface Folder {
  folder: string;
  /** Folders and files of the same room that it may import besides itself. */
  may?: string[];
  /** For folders that change much: what it must not import, everything else being free. */
  never?: string[];
}

/** Folders of the editor that lie side by side on the bot page; none imports another. */
const PANELS = ['canvas', 'inspector', 'palette', 'simulator', 'publish', 'problems', 'find', 'counts'];

/** Inside a room. The longest folder that holds a file decides; a folder that is not here is free. Tests are free. */
export const FOLDERS: Folder[] = [
  // A plugin decorates; what it needs from the store it takes as an argument, and names by type
  {
    folder: 'server/src/plugins',
    may: [
      'server/src/storage/accounts.ts',
      'server/src/storage/answers.ts',
      'server/src/storage/page.ts',
      'server/src/storage/sessions.ts',
    ],
  },
  // The store is opened from the settings and logs; roles are words of the permissions' list
  {
    folder: 'server/src/storage',
    may: ['server/src/plugins/log.ts', 'server/src/plugins/settings.ts', 'server/src/plugins/permissions.ts'],
  },
  { folder: 'server/src/storage/embedded', may: [] },
  // A provider's own things that it keeps (Twilio's Content resources) are rows of its own
  {
    folder: 'server/src/channels/whatsapp',
    may: [
      'server/src/storage/channel.ts',
      'server/src/storage/indexes.ts',
      'server/src/storage/tenancy.ts',
      'server/src/plugins/http.ts',
      'server/src/timers.ts',
      // A trial's phones are the simulator's, without its HTTP
      'server/src/simulator/network',
      'server/src/simulator/meta/errors.ts',
    ],
  },
  { folder: 'server/src/services', may: [] },
  {
    folder: 'server/src/media',
    may: [
      'server/src/storage',
      'server/src/channels/whatsapp',
      'server/src/services',
      'server/src/engine/keep-files.ts',
      'server/src/timers.ts',
      'server/src/plugins/errors.ts',
      'server/src/plugins/log.ts',
      'server/src/plugins/settings.ts',
    ],
  },
  { folder: 'server/src/queue', may: ['server/src/plugins/log.ts', 'server/src/plugins/settings.ts'] },
  {
    folder: 'server/src/engine',
    may: ['server/src/storage', 'server/src/channels/whatsapp', 'server/src/plugins/log.ts', 'server/src/timers.ts'],
  },
  {
    folder: 'server/src/effects',
    may: ['server/src/storage', 'server/src/engine', 'server/src/channels/whatsapp', 'server/src/plugins/log.ts'],
  },
  ...PANELS.map((panel, _, panels) => ({
    folder: `editor/src/${panel}`,
    never: [
      ...panels.filter((one) => one !== panel).map((one) => `editor/src/${one}`),
      'editor/src/pages',
      'editor/src/app',
    ],
  })),
  {
    folder: 'editor/src/document',
    never: ['app', 'pages', ...PANELS].map(inEditor),
  },
  {
    folder: 'editor/src/ui',
    never: ['app', 'api', 'document', 'pages', ...PANELS].map(inEditor),
  },
  {
    folder: 'editor/src/api',
    never: ['app', 'ui', 'document', 'pages', ...PANELS].map(inEditor),
  },
];

/** A feature imports everything below it and no other feature, but for these. */
export const FEATURES = {
  folder: 'server/src/features',
  may: [
    'server/src/plugins',
    'server/src/storage',
    'server/src/queue',
    'server/src/engine',
    'server/src/media',
    'server/src/channels/whatsapp',
    'server/src/services',
    'server/src/timers.ts',
  ],
  pairs: {
    simulator: ['conversations'], // its phone shows the same messages as the inbox
    setup: ['auth'], // the first account signs itself in
    channels: ['templates'], // the check tells of templates, what a provider tells changes them
  } as Record<string, string[]>,
};

/** All that lies at the top, besides what git ignores and what begins with a dot. */
export const TOP_LEVEL = [
  ...ROOM_NAMES,
  'README.md',
  'package-lock.json',
  'package.json',
  'tsconfig.json',
  'turbo.json',
];

function inEditor(folder: string): string {
  return `editor/src/${folder}`;
}
