import { nodeTypes } from '@parley/nodes';
import { applyEdit, checkFlow, type Edit, type Flow, type FlowLibrary, type Problem, parseFlow } from '@parley/runtime';

/** All that is wrong with a document, whole or broken, before it runs. `library` has the flows that run inside it. */
export function checkDocument(document: unknown, library: FlowLibrary): Problem[] {
  const { flow, problems } = parseFlow(document);
  return flow ? [...problems, ...checkFlow(flow, nodeTypes, library)] : problems;
}

/** The document with its defaults written out, so that two ways to write one flow compare as one; a broken one as it is. */
export const normalDocument = (document: unknown): unknown => parseFlow(document).flow ?? document;

export type Edited = { ok: true; document: Flow } | { ok: false; index: number; message: string };

/** Makes the edits in order, or none: the first that cannot be made is named by its index. */
export function editDocument(document: object, edits: readonly Edit[]): Edited {
  let { flow } = parseFlow(document);
  if (!flow) return { ok: false, index: 0, message: 'The document is broken. Save a whole one with PUT first.' };
  for (const [index, edit] of edits.entries()) {
    const result = applyEdit(flow, edit);
    if (!result.ok) return { ok: false, index, message: result.problem.message };
    flow = result.flow;
  }
  return { ok: true, document: { ...document, ...flow } }; // what this release does not know at the top stays
}
