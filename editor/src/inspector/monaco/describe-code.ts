import { typescript } from './monaco.ts';

/** What code in a flow sees. */
const WORLD = `
declare const variables: Readonly<Record<string, any>>;
declare const contact: Readonly<{
  id: string; name: string | null; firstName: string | null; lastName: string | null; phone: string | null;
  email: string | null; language: string | null; tags: string[]; groups: string[]; attributes: Record<string, any>;
}>;
declare const message: Readonly<{ type: string; text: string | null; [name: string]: any }> | null;
declare const now: string;
declare const console: { log(...values: unknown[]): void };
`;
const RETURN_OUTSIDE = 1108; // the code is the body of a function
const AWAIT_OUTSIDE = 1375;

let isDone = false;

/** Tells the JavaScript editor what there is: no page, no network, only the conversation. */
export function describeCode(): void {
  if (isDone) return;
  isDone = true;
  const { javascriptDefaults, ScriptTarget } = typescript;
  javascriptDefaults.setCompilerOptions({
    target: ScriptTarget.ES2020,
    lib: ['es2020'],
    allowNonTsExtensions: true,
    checkJs: true,
  });
  javascriptDefaults.setDiagnosticsOptions({ diagnosticCodesToIgnore: [RETURN_OUTSIDE, AWAIT_OUTSIDE] });
  javascriptDefaults.addExtraLib(WORLD, 'parley://world.d.ts');
}
