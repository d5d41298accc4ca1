/**
 * Zod tries `new Function` once to see whether it may compile its parsers, and a strict policy reports every such try.
 * Imported first by each entry. The global is zod's own switch (`z.config` writes to it); reaching for it by name keeps
 * zod itself out of the first load.
 */
declare global {
  var __zod_globalConfig: { jitless?: boolean } | undefined;
}

globalThis.__zod_globalConfig = { ...globalThis.__zod_globalConfig, jitless: true };

export {};
