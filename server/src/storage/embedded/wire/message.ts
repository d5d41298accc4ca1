import { decode } from '../bson/decode.ts';
import { encode } from '../bson/encode.ts';
import { type Doc, doc, type Value } from '../bson/value.ts';
import { CursorReply, type Reply } from '../commands/reply.ts';
import { BrokenFrame } from './frames.ts';

const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;
const CHECKSUM_PRESENT = 1;
const MORE_TO_COME = 2;
const KNOWN_REQUIRED_FLAGS = CHECKSUM_PRESENT | MORE_TO_COME; // the lower 16 bits must be understood

export interface Request {
  id: number;
  /** Decodes the command; it may refuse broken BSON, which is answered and not a reason to hang up. */
  body(): Doc;
  legacy: boolean;
  wantsReply: boolean;
}

export function readRequest(message: Buffer): Request {
  const id = message.readInt32LE(4);
  const code = message.readInt32LE(12);
  if (code === OP_MSG) return readMsg(message, id);
  if (code === OP_QUERY) return readQuery(message, id);
  throw new BrokenFrame(`opcode ${code}`);
}

function readMsg(message: Buffer, id: number): Request {
  if (message.length < 26) throw new BrokenFrame('an OP_MSG without a body');
  const flags = message.readUInt32LE(16);
  if (flags & 0xffff & ~KNOWN_REQUIRED_FLAGS) throw new BrokenFrame(`flags ${flags}`);
  const end = flags & CHECKSUM_PRESENT ? message.length - 4 : message.length;
  const body = (): Doc => {
    const parts = readSections(message, 20, end);
    const command = parts.body;
    for (const [name, documents] of parts.sequences) command.set(name, documents);
    return command;
  };
  return { id, body, legacy: false, wantsReply: !(flags & MORE_TO_COME) };
}

/** A kind 0 section is the command; kind 1 sections hold the documents of a field one after the other. */
function readSections(message: Buffer, start: number, end: number): { body: Doc; sequences: [string, Value[]][] } {
  let body: Doc | undefined;
  const sequences: [string, Value[]][] = [];
  let at = start;
  while (at < end) {
    const kind = message.readUInt8(at++);
    const size = sizeAt(message, at, end);
    const next = at + size;
    if (kind === 0) body = decode(message.subarray(at, next));
    else if (kind === 1) sequences.push(readSequence(message.subarray(at + 4, next)));
    else throw new BrokenFrame(`section kind ${kind}`);
    at = next;
  }
  if (!body) throw new BrokenFrame('an OP_MSG without a body');
  return { body, sequences };
}

function readSequence(bytes: Buffer): [string, Value[]] {
  const nameEnd = bytes.indexOf(0);
  if (nameEnd < 0) throw new BrokenFrame('a document sequence without a name');
  const documents: Value[] = [];
  let at = nameEnd + 1;
  while (at < bytes.length) {
    const next = at + sizeAt(bytes, at, bytes.length);
    documents.push(decode(bytes.subarray(at, next)));
    at = next;
  }
  return [bytes.toString('utf8', 0, nameEnd), documents];
}

function sizeAt(bytes: Buffer, at: number, end: number): number {
  const size = at + 4 <= end ? bytes.readInt32LE(at) : 0;
  if (size < 5 || at + size > end) throw new BrokenFrame(`a section of ${size} bytes`);
  return size;
}

/** OP_QUERY serves only the first hello of a connection. */
function readQuery(message: Buffer, id: number): Request {
  const nameEnd = message.indexOf(0, 20);
  if (nameEnd < 0 || nameEnd + 9 > message.length) throw new BrokenFrame('an OP_QUERY without a query');
  const [db = ''] = message.toString('utf8', 20, nameEnd).split('.');
  const body = (): Doc => {
    const at = nameEnd + 9;
    const query = decode(message.subarray(at, at + sizeAt(message, at, message.length)));
    if (!query.has('$db')) query.set('$db', db);
    return query;
  };
  return { id, body, legacy: true, wantsReply: true };
}

let replies = 0;

export function writeReply(request: Request, reply: Reply): Buffer {
  const body = reply instanceof CursorReply ? encodeCursor(reply) : encode(reply);
  const head = Buffer.alloc(request.legacy ? 36 : 21);
  replies = (replies + 1) & 0x7fffffff;
  head.writeInt32LE(head.length + body.length, 0);
  head.writeInt32LE(replies, 4);
  head.writeInt32LE(request.id, 8);
  head.writeInt32LE(request.legacy ? OP_REPLY : OP_MSG, 12);
  if (request.legacy) head.writeInt32LE(1, 32); // one document
  return Buffer.concat([head, body]);
}

/** `{ cursor: { <batch>: [...], id, ns }, ok: 1 }` with the stored bytes put in between as they are. */
function encodeCursor({ id, namespace, field, rows }: CursorReply): Buffer {
  const parts: Buffer[] = [];
  for (const [i, row] of rows.entries()) parts.push(Buffer.from(`\x03${i}\0`, 'latin1'), row);
  const batch = wrap(parts);
  const tail = withoutFrame(doc({ id, ns: namespace }));
  const cursor = wrap([Buffer.from(`\x04${field}\0`, 'latin1'), batch, tail]);
  return wrap([Buffer.from('\x03cursor\0', 'latin1'), cursor, withoutFrame(doc({ ok: 1 }))]);
}

const withoutFrame = (fields: Doc): Buffer => encode(fields).subarray(4, -1);

function wrap(parts: Buffer[]): Buffer {
  const length = parts.reduce((sum, part) => sum + part.length, 5);
  const size = Buffer.alloc(4);
  size.writeInt32LE(length);
  return Buffer.concat([size, ...parts, Buffer.from([0])], length);
}
