import { spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

const PATIENCE = 60_000; // ms
const LONGEST = '60'; // seconds of film
const MAX_SIZE = String(16 * 1024 * 1024); // bytes; WhatsApp takes no more of a video

/** Where ffmpeg lies, if this machine has it. Looked for each time: it may be installed while the server runs. */
export async function findEncoder(path = process.env.PATH ?? ''): Promise<string | null> {
  for (const folder of path.split(delimiter).filter((one) => one !== '')) {
    const file = join(folder, 'ffmpeg');
    const usable = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (usable) return file;
  }
  return null;
}

/** A moving GIF as MP4 with H.264, which every phone plays. False where it could not be made. */
export function encodeGif(encoder: string, from: string, to: string): Promise<boolean> {
  const args = [
    ...['-nostdin', '-v', 'error', '-y', '-protocol_whitelist', 'file', '-f', 'gif', '-i', from, '-an', '-t', LONGEST],
    ...['-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-movflags', '+faststart', '-fs', MAX_SIZE],
    ...['-vf', 'scale=trunc(min(iw\\,1280)/2)*2:-2', '-f', 'mp4', to], // H.264 wants even sides
  ];
  return new Promise((resolve) => {
    const child = spawn(encoder, args, { env: {}, stdio: 'ignore', timeout: PATIENCE, killSignal: 'SIGKILL' });
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
  });
}
