import type { Flow } from '../flow/flow.ts';
import type { Problem } from '../flow/problem.ts';
import type { NodeTypes } from '../node/define-node.ts';

/** What became of one thing of the other system: API, section 2.3. */
export interface ReportLine {
  /** Its id there. */
  source: string;
  outcome: 'mapped' | 'approximated' | 'kept' | 'secret-removed';
  /** The node that it became; null where it is none. */
  node: string | null;
  note: string;
  /** Which of `flows` it is in. */
  flow: number;
}

/** A flow as it comes out of a file. `key` is what the others in the same file call it. */
export interface ConvertedFlow {
  key: string;
  document: Flow;
  tags: string[];
}

export type Converted =
  | { ok: true; flows: [ConvertedFlow, ...ConvertedFlow[]]; report: ReportLine[] }
  | { ok: false; problems: Problem[] };

/** Reads another system's file. Pure, and never throws: what cannot be read is a list of problems. */
export type Importer = (document: unknown, nodeTypes: NodeTypes) => Converted;
