import type { FlowDocument, FlowSummary, SavedFlow } from './flows.ts';

interface Source {
  readFlow(id: string): Promise<Pick<FlowSummary, 'published'>>;
  readVersion(id: string, version: number): Promise<{ document: FlowDocument }>;
}
interface DraftSource extends Source {
  readFlow(id: string): Promise<Pick<SavedFlow, 'published' | 'name' | 'document'>>;
}

const MAX_FLOWS = 30; // a flow runs others five deep; more than these are a mistake

/**
 * The published flows that a document runs inside or starts, and those that they do, by id. One that cannot be read is
 * left out: the simulator says what is missing where it is needed.
 */
export const otherFlows = (document: unknown, source: Source): Promise<Record<string, FlowDocument>> =>
  collect(document, (id) => publishedOf(id, source));

/** The same for trying: of a flow that was never published, its draft. `drafts` names those. */
export async function otherFlowsToTry(
  document: unknown,
  source: DraftSource,
): Promise<{ documents: Record<string, FlowDocument>; drafts: string[] }> {
  const drafts: string[] = [];
  const documents = await collect(document, async (id) => {
    const { published, name, document: draft } = await source.readFlow(id);
    if (published) return (await source.readVersion(id, published.version)).document;
    drafts.push(name || id);
    return draft;
  });
  return { documents, drafts };
}

async function collect(
  document: unknown,
  read: (id: string) => Promise<FlowDocument | null>,
): Promise<Record<string, FlowDocument>> {
  const found: Record<string, FlowDocument> = {};
  const asked = new Set<string>();
  const wanted = namedIn(document);
  for (let id = wanted.shift(); id !== undefined && asked.size < MAX_FLOWS; id = wanted.shift()) {
    if (asked.has(id)) continue;
    asked.add(id);
    const other = await read(id).catch(() => null);
    if (!other) continue;
    found[id] = other;
    wanted.push(...namedIn(other));
  }
  return found;
}

async function publishedOf(id: string, { readFlow, readVersion }: Source): Promise<FlowDocument | null> {
  const { published } = await readFlow(id);
  return published && (await readVersion(id, published.version)).document;
}

/** By convention of the node types, `config.flow` names a flow. */
function namedIn(document: unknown): string[] {
  const nodes = typeof document === 'object' && document !== null && 'nodes' in document ? document.nodes : [];
  if (!Array.isArray(nodes)) return [];
  return nodes.flatMap((node: unknown) => {
    const config = typeof node === 'object' && node !== null && 'config' in node ? node.config : null;
    const flow = typeof config === 'object' && config !== null && 'flow' in config ? config.flow : null;
    return typeof flow === 'string' && !flow.includes('{{') ? [flow] : [];
  });
}
