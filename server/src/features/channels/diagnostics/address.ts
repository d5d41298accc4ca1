export const PUBLIC_ADDRESS = 'Set PUBLIC_URL to the https address under which the internet reaches this server.';

/** An address of this machine or of its own network. */
export function isPrivate(publicUrl: string): boolean {
  const { hostname } = new URL(publicUrl);
  return /^(localhost|127\.|0\.|10\.|192\.168\.|\[)/.test(hostname) || !hostname.includes('.');
}
