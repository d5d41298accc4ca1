import type { Socket } from 'node:net';
import { MAX_UNREAD, MAX_WAITING, SLICE } from '../limits.ts';
import { Frames } from './frames.ts';
import { type Request, readRequest } from './message.ts';

/** What a connection needs of the server around it. */
export interface Service {
  /** Gives the reply's bytes; null for none. Rejects when the connection can no longer be served. */
  answer(request: Request): Promise<Buffer | null>;
  /** Called when the bytes that the connection holds have changed. */
  weigh(connection: Connection): void;
}

const FAREWELL = 1_000; // ms for a client to read its last reply

const immediate = () => new Promise<void>((resolve) => setImmediate(resolve));

/**
 * One client. Its requests are answered one after the other, so that replies keep their order. It is not read from while
 * requests wait or replies are not taken: what a client does not read is held for it once, never heaped up.
 */
export class Connection {
  /** Rises with all that moves on any connection: the one with the lowest has been still for the longest. */
  moved = 0;
  private static clock = 0;
  private readonly socket: Socket;
  private readonly service: Service;
  private readonly frames = new Frames();
  private readonly waiting: Request[] = [];
  private waitingBytes = 0;
  private atWork: Promise<void> | null = null;
  private closing = false;
  private wake: () => void = () => {};

  constructor(socket: Socket, service: Service) {
    this.socket = socket;
    this.service = service;
    this.move();
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk: Buffer) => this.take(chunk));
  }

  /** Bytes held for this client: of messages not complete or not answered, and of replies not read. */
  get held(): number {
    return this.frames.held + this.waitingBytes + this.socket.writableLength;
  }

  /** Finishes the request at work and closes once its reply is read, or after a moment if it is not. */
  async finish(): Promise<void> {
    this.leave();
    this.socket.pause();
    await this.atWork;
    this.socket.destroySoon();
    setTimeout(() => this.socket.destroy(), FAREWELL).unref();
  }

  hangUp(): void {
    this.leave();
    this.socket.destroy();
  }

  private leave(): void {
    this.closing = true;
    this.waiting.length = 0;
    this.wake();
  }

  private take(chunk: Buffer): void {
    if (this.closing) return;
    this.move();
    try {
      for (const message of this.frames.take(chunk)) {
        const request = readRequest(message);
        this.waiting.push(request);
        this.waitingBytes += request.bytes;
      }
    } catch {
      this.hangUp(); // a frame that makes no sense closes its own connection only
      return;
    }
    if (this.waiting.length > MAX_WAITING) this.socket.pause();
    this.service.weigh(this);
    if (this.waiting.length > 0) this.atWork ??= this.work();
  }

  private async work(): Promise<void> {
    let sliceEnds = performance.now() + SLICE;
    for (let request = this.waiting.shift(); request; request = this.waiting.shift()) {
      await this.serve(request);
      this.waitingBytes -= request.bytes;
      this.move();
      this.service.weigh(this);
      if (!this.closing && this.waiting.length <= MAX_WAITING) this.socket.resume();
      if (performance.now() < sliceEnds) continue;
      await immediate();
      sliceEnds = performance.now() + SLICE;
    }
    this.atWork = null;
  }

  private async serve(request: Request): Promise<void> {
    try {
      const reply = await this.service.answer(request);
      if (reply && this.socket.writable) await this.send(reply);
    } catch {
      this.hangUp();
    }
  }

  /** Waits for a client that does not read what it gets. */
  private async send(reply: Buffer): Promise<void> {
    this.socket.write(reply, () => {
      this.move();
      this.service.weigh(this);
      if (this.socket.writableLength <= MAX_UNREAD) this.wake();
    });
    this.service.weigh(this);
    if (this.socket.writableLength <= MAX_UNREAD) return;
    await new Promise<void>((resolve) => {
      this.wake = resolve;
      if (this.closing) resolve();
    });
  }

  private move(): void {
    this.moved = ++Connection.clock;
  }
}
