import { chmod, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readSettings } from '../plugins/settings.ts';
import { createKeyring, loadKeyring } from './credentials.ts';

const OLD = 'the old key, thirty-two characters and more';
const NEW = 'the new key, thirty-two characters and more';
const place = { organization: 'org_a', field: 'chn_1/accessToken' };

describe('a sealed secret', () => {
  it('opens where it belongs', () => {
    const keyring = createKeyring([NEW]);
    expect(keyring.open(keyring.seal('EAAG token ✓', place), place)).toBe('EAAG token ✓');
  });

  it('reads differently every time, and never like the secret', () => {
    const keyring = createKeyring([NEW]);
    expect(keyring.seal('secret', place)).not.toBe(keyring.seal('secret', place));
    expect(keyring.seal('secret', place)).not.toContain('secret');
  });

  it.each([
    { organization: 'org_b', field: place.field },
    { organization: 'org_a', field: 'chn_2/accessToken' },
    { organization: 'org_a', field: 'chn_1/appSecret' },
  ])('does not open as %j', (elsewhere) => {
    const keyring = createKeyring([NEW]);
    expect(() => keyring.open(keyring.seal('secret', place), elsewhere)).toThrow();
  });

  it('does not open when a byte was changed', () => {
    const keyring = createKeyring([NEW]);
    const sealed = keyring.seal('secret', place);
    const changed = sealed.slice(0, -2) + (sealed.endsWith('AA') ? 'BB' : 'AA');
    expect(() => keyring.open(changed, place)).toThrow();
  });

  it('opens with the old key behind a new one, and not without it', () => {
    const sealed = createKeyring([OLD]).seal('secret', place);
    expect(createKeyring([NEW, OLD]).open(sealed, place)).toBe('secret');
    expect(() => createKeyring([NEW]).open(sealed, place)).toThrow('there is no key');
  });
});

describe('the key file', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'parley-key-'));
  });
  afterEach(() => rm(directory, { recursive: true }));
  const load = () => loadKeyring(readSettings({ DATA_DIR: directory }));

  it('is made once, for its owner alone', async () => {
    const sealed = (await load()).seal('secret', place);
    expect((await stat(join(directory, 'secret.key'))).mode & 0o777).toBe(0o600);
    expect((await load()).open(sealed, place)).toBe('secret');
  });

  it('is the same for two that start at once', async () => {
    const [one, other] = await Promise.all([load(), load()]);
    expect(other.open(one.seal('secret', place), place)).toBe('secret');
  });

  it('stops the start when others may read it', async () => {
    await load();
    await chmod(join(directory, 'secret.key'), 0o644);
    await expect(load()).rejects.toThrow('chmod 600');
    await expect(load()).rejects.not.toThrow((await readFile(join(directory, 'secret.key'), 'utf8')).trim());
  });
});
