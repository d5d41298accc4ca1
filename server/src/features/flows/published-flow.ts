/** A flow that answers messages, in the version that does. */
export interface PublishedFlow {
  flow: string;
  version: number;
  hash: string;
  document: unknown;
  /** Of the flow: the older one wins where two are equal. */
  createdAt: Date;
  organization: string;
}
