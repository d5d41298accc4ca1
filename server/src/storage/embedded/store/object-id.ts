import { randomBytes } from 'node:crypto';

const process = randomBytes(5);
let counter = randomBytes(3).readUIntBE(0, 3);

/** Seconds, five bytes of this process, a counter: as drivers make them. */
export function newObjectId(): Buffer {
  counter = (counter + 1) & 0xffffff;
  const made = Buffer.alloc(12);
  made.writeUInt32BE(Math.floor(Date.now() / 1000), 0);
  process.copy(made, 4);
  made.writeUIntBE(counter, 9, 3);
  return made;
}
