const PATIENCE = 10_000; // ms for a whole file
const MOST = 100 * 1024 * 1024; // bytes: Meta's largest document

export type Fetched = { bytes: Buffer; contentType: string; filename: string | null } | { trouble: string };

/** A file by its public address, as the providers fetch it. Never throws. */
export async function fetchLink(fetch: typeof globalThis.fetch, link: string): Promise<Fetched> {
  try {
    const answer = await fetch(link, { signal: AbortSignal.timeout(PATIENCE), headers: { accept: '*/*' } });
    if (!answer.ok) return { trouble: `The link answered with HTTP status ${answer.status}.` };
    const bytes = Buffer.from(await answer.arrayBuffer());
    if (bytes.length > MOST) return { trouble: 'The file is larger than 100 MB.' };
    const contentType =
      (answer.headers.get('content-type') ?? 'application/octet-stream').split(';', 1)[0]?.trim() ?? '';
    return { bytes, contentType, filename: decodeName(new URL(link).pathname) };
  } catch (error) {
    return { trouble: `The link could not be fetched: ${error instanceof Error ? error.message : 'no answer'}.` };
  }
}

function decodeName(path: string): string | null {
  const name = path.split('/').at(-1);
  if (!name) return null;
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
