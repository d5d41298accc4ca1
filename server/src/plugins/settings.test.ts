import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSettings, SettingsError } from './settings.ts';

describe('the settings of an empty environment', () => {
  it('serve on port 3000 with the embedded store beside it', () => {
    expect(readSettings({})).toEqual({
      port: 3000,
      host: '0.0.0.0',
      publicUrl: 'http://localhost:3000',
      dataDirectory: resolve('data'),
      mongodbUrl: null,
      redisUrl: null,
      role: 'all',
      secretKeys: [],
      firstAccount: null,
      twilioApiUrl: 'https://api.twilio.com',
      metaGraphUrl: 'https://graph.facebook.com',
      metaApp: null,
      mediaStorage: null,
    });
  });

  it('take an empty variable for an absent one, as compose files write it', () => {
    expect(readSettings({ MONGODB_URL: '', PORT: '' })).toMatchObject({ mongodbUrl: null, port: 3000 });
  });
});

describe('PUBLIC_URL', () => {
  it('follows the port where it is not set', () => {
    expect(readSettings({ PORT: '8080' }).publicUrl).toBe('http://localhost:8080');
  });

  it('loses the slash at its end', () => {
    expect(readSettings({ PUBLIC_URL: 'https://bots.example.com/' }).publicUrl).toBe('https://bots.example.com');
  });
});

describe('PARLEY_SECRET_KEY', () => {
  it('may hold an old key behind the new one', () => {
    const keys = `${'n'.repeat(32)}, ${'o'.repeat(32)}`;
    expect(readSettings({ PARLEY_SECRET_KEY: keys }).secretKeys).toEqual(['n'.repeat(32), 'o'.repeat(32)]);
  });
});

describe('a bad setting stops the start, by its name', () => {
  it.each([
    [{ PORT: 'http' }, 'PORT'],
    [{ PORT: '70000' }, 'PORT'],
    [{ PUBLIC_URL: 'bots.example.com' }, 'PUBLIC_URL'],
    [{ MONGODB_URL: 'postgres://x' }, 'MONGODB_URL'],
    [{ REDIS_URL: 'localhost:6379' }, 'REDIS_URL'],
    [{ PARLEY_ROLE: 'api' }, 'PARLEY_ROLE'],
    [{ PARLEY_SECRET_KEY: 'short' }, 'PARLEY_SECRET_KEY'],
    [{ PARLEY_ADMIN_EMAIL: 'ana', PARLEY_ADMIN_PASSWORD: 'long enough for it' }, 'PARLEY_ADMIN_EMAIL'],
    [{ PARLEY_ADMIN_EMAIL: 'ana@example.com', PARLEY_ADMIN_PASSWORD: 'elevenchars' }, 'PARLEY_ADMIN_PASSWORD'],
    [{ PARLEY_ADMIN_EMAIL: 'ana@example.com' }, 'PARLEY_ADMIN_PASSWORD'],
    [{ PARLEY_ADMIN_PASSWORD: 'long enough for it' }, 'PARLEY_ADMIN_EMAIL'],
    [{ META_GRAPH_URL: 'ftp://graph' }, 'META_GRAPH_URL'],
  ])('%j', (env, name) => {
    expect(() => readSettings(env)).toThrow(SettingsError);
    expect(() => readSettings(env)).toThrow(name);
  });

  it('without repeating what was set', () => {
    const env = { PARLEY_ADMIN_EMAIL: 'ana@example.com', PARLEY_ADMIN_PASSWORD: 'hunter2', PARLEY_SECRET_KEY: 'mykey' };
    expect(() => readSettings(env)).toThrow(/^(?!.*(hunter2|mykey))/s);
  });
});

describe('a bucket for files', () => {
  const bucket = {
    MEDIA_S3_BUCKET: 'files',
    MEDIA_S3_ACCESS_KEY_ID: 'AKIA1',
    MEDIA_S3_SECRET_ACCESS_KEY: 'a secret of a bucket',
  };

  it('is read whole', () => {
    expect(readSettings({ ...bucket, MEDIA_S3_ENDPOINT: 'https://s3.example.com/' }).mediaStorage).toEqual({
      bucket: 'files',
      region: 'us-east-1',
      endpoint: 'https://s3.example.com',
      accessKeyId: 'AKIA1',
      secretAccessKey: 'a secret of a bucket',
    });
    expect(readSettings(bucket).mediaStorage?.endpoint).toBeNull();
  });

  it.each(['MEDIA_S3_BUCKET', 'MEDIA_S3_ACCESS_KEY_ID', 'MEDIA_S3_SECRET_ACCESS_KEY'])(
    'is not read without %s',
    (name) => {
      const read = () => readSettings({ ...bucket, [name]: undefined });
      expect(read).toThrow(name);
      expect(read).not.toThrow(/a secret of a bucket/);
    },
  );
});
