/**
 * One thing that other systems have or that their users ask for, and our answer: a claim with what proves it, or why we do
 * not claim it.
 */
export interface Claim {
  /** Of the survey of other systems: 1.2 nodes, 1.3 expressions, 1.5 semantics of a run, 3 what users ask for. */
  section: string;
  feature: string;
  /** Our answer in a few words; null where there is none, and `why` says so. */
  claim: string | null;
  why: string | null;
  /**
   * Scripts by a short name (`chat/send/text` is a node's, `claims/…` and `examples/…/…` are those folders'), and for what a
   * conversation cannot show a test as `file.test.ts: words of its title`.
   */
  proof: string[];
}

type Row = Omit<Claim, 'section'>;

export const section = (name: string, rows: readonly Row[]): Claim[] => rows.map((row) => ({ section: name, ...row }));

export const can = (feature: string, claim: string, ...proof: string[]): Row => ({ feature, claim, why: null, proof });

export const cannot = (feature: string, why: string): Row => ({ feature, claim: null, why, proof: [] });

/** Reasons that come up again and again. */
export const VOICE = 'for telephone calls; not for WhatsApp messages';
export const AI = 'left to the packages for AI, a later issue';
export const BROWSER = 'for web pages; a WhatsApp chat has none';
export const LATER = 'not part of the flow language; a later issue';
export const HTTP_INSTEAD = 'no node of its own; http.request calls its API';
