const CREDENTIALS = /^(mongodb(?:\+srv)?:\/\/)([^@/]*)@/;

/** The hosts of a MongoDB URL, without user, password and options. */
export const hostOf = (url: string): string =>
  url
    .replace(CREDENTIALS, '$1')
    .replace(/^mongodb(\+srv)?:\/\//, '')
    .replace(/[/?].*$/, '');

/** Takes the URL and its password out of a message: the driver's own errors repeat a URL that they cannot read. */
export function withoutSecrets(message: string, url: string): string {
  const [, , credentials = ''] = CREDENTIALS.exec(url) ?? [];
  const password = credentials.slice(credentials.indexOf(':') + 1);
  const secrets = [
    url,
    ...(credentials ? [credentials, ...(credentials.includes(':') ? [password, decoded(password)] : [])] : []),
  ];
  return secrets.filter((secret) => secret !== '').reduce((text, secret) => text.replaceAll(secret, '***'), message);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
