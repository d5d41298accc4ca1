import type { Requirement } from './format.ts';

const SERVER = [7, 0, 0]; // what the store answers to buildInfo
const TOPOLOGY = 'replicaset';

/** Whether the store is a server for which these tests are meant: any one of the requirements is enough. */
export const isMeant = (requirements: Requirement[] | undefined): boolean =>
  requirements === undefined || requirements.some(isMet);

function isMet({
  minServerVersion,
  maxServerVersion,
  topologies,
  auth,
  serverParameters,
  serverless,
  csfle,
}: Requirement): boolean {
  if (minServerVersion && compare(minServerVersion) > 0) return false;
  if (maxServerVersion && compare(maxServerVersion) < 0) return false;
  if (topologies && !topologies.includes(TOPOLOGY)) return false;
  return !auth && !serverParameters && serverless !== 'require' && !csfle;
}

/** How a version stands to the store's; what it leaves out does not count. */
function compare(version: string): number {
  const parts = version.split('.').map(Number);
  for (const [at, part] of parts.entries()) {
    const difference = part - (SERVER[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
