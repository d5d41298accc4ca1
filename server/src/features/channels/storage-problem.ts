import { access, constants, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { MediaStorage } from '../../plugins/settings.ts';

/**
 * Whether files of conversations can be kept, in words where not. A folder is looked at; a bucket is asked for nothing but
 * whether these keys may see it, so that no check leaves anything behind.
 */
export async function storageProblem(
  { dataDirectory, mediaStorage }: { dataDirectory: string; mediaStorage: MediaStorage | null },
  timeout: number,
): Promise<string | null> {
  return mediaStorage ? bucketProblem(mediaStorage, timeout) : folderProblem(join(dataDirectory, 'media'));
}

async function folderProblem(folder: string): Promise<string | null> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
    return null;
  } catch {
    return 'The folder for files in DATA_DIR cannot be written to.';
  }
}

async function bucketProblem(storage: MediaStorage, timeout: number): Promise<string | null> {
  const { S3Client, HeadBucketCommand } = await import('@aws-sdk/client-s3');
  const { bucket, region, endpoint, accessKeyId, secretAccessKey } = storage;
  const client = new S3Client({
    region,
    ...(endpoint !== null && { endpoint, forcePathStyle: true }),
    credentials: { accessKeyId, secretAccessKey },
    maxAttempts: 1,
  });
  try {
    await client.send(new HeadBucketCommand({ Bucket: bucket }), { abortSignal: AbortSignal.timeout(timeout) });
    return null;
  } catch (error) {
    const status = statusOf(error);
    if (status === 403) return 'The keys of MEDIA_S3 may not use the bucket.';
    return status === 404 ? 'The bucket of MEDIA_S3_BUCKET does not exist.' : 'The bucket of MEDIA_S3 did not answer.';
  } finally {
    client.destroy();
  }
}

function statusOf(error: unknown): number | null {
  if (typeof error !== 'object' || error === null || !('$metadata' in error)) return null;
  const metadata = error.$metadata;
  if (typeof metadata !== 'object' || metadata === null || !('httpStatusCode' in metadata)) return null;
  return typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : null;
}
