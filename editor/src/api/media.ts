import { RequestError } from './request.ts';

/** A file that is kept by the server and can be sent. */
export interface MediaFile {
  id: string;
  contentType: string;
  filename: string | null;
  /** Bytes. */
  size: number | null;
  url: string;
  thumbnailUrl: string | null;
}
/** `note` says what was changed so that WhatsApp takes it. */
export type Uploaded = MediaFile & { note: string | null };

export const mediaUrl = (id: string): string => `/api/media/${encodeURIComponent(id)}`;

/** Sends a file; tells how much of it is there (0 to 1). Rejects with a RequestError, or with an AbortError. */
export function uploadMedia(
  file: File,
  as: string,
  { onProgress, signal }: { onProgress: (part: number) => void; signal: AbortSignal },
): Promise<Uploaded> {
  return new Promise((resolve, reject) => {
    const form = new FormData();
    form.set('as', as);
    form.set('file', file);
    const sending = new XMLHttpRequest(); // fetch does not tell how much is sent
    sending.open('POST', '/api/media');
    sending.setRequestHeader('accept', 'application/json');
    sending.responseType = 'json';
    sending.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    sending.onload = () => {
      const body: unknown = sending.response;
      if (sending.status === 201) resolve(body as Uploaded);
      else reject(new RequestError(typeof body === 'object' && body !== null ? { ...body } : {}, sending.status));
    };
    sending.onerror = () => reject(new RequestError({ code: 'offline' }, 0));
    sending.onabort = () => reject(new DOMException('The upload was stopped.', 'AbortError'));
    signal.addEventListener('abort', () => sending.abort(), { once: true });
    sending.send(form);
  });
}
