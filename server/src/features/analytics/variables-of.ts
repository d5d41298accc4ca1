import { isObject, type Json } from '@parley/runtime';
import type { SessionState } from '../../engine/documents.ts';

const FLOW_SCOPE = ''; // the main flow's; sub-flows have scopes of their own

/** What a stored session remembers, or null where none is in progress. */
export function variablesOf(session: SessionState | null): Record<string, Json> | null {
  if (!session || (session.status !== 'waiting' && session.status !== 'calling')) return null;
  const { memory } = session.snapshot;
  const packed: unknown = typeof memory === 'string' ? JSON.parse(memory) : memory;
  const scopes = isObject(packed) ? packed.scopes : null;
  const found = isObject(scopes) ? scopes[FLOW_SCOPE] : null;
  return isObject(found) ? (found as Record<string, Json>) : null;
}
