import { decode } from '../bson/decode.ts';
import { encode } from '../bson/encode.ts';
import { type Doc, doc, type Value } from '../bson/value.ts';
import { CursorReply, ok, type Reply } from '../commands/reply.ts';
import { Refusal } from '../errors.ts';
import { BrokenFrame } from './frames.ts';

const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;
const CHECKSUM_PRESENT = 1;
const MORE_TO_COME = 2;
const KNOWN_REQUIRED_FLAGS = CHECKSUM_PRESENT | MORE_TO_COME; // the lower 16 bits must be understood

export interface Request {
  id: number;
  /** Its length as it came. */
  bytes: number;
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
    const { command, sequences } = readSections(message, 20, end);
    for (const [name, documents] of sequences) {
      if (command.has(name)) throw new Refusal(40433, `Duplicate field between body and document sequence ${name}`);
      command.set(name, documents);
    }
    return command;
  };
  return { id, bytes: message.length, body, legacy: false, wantsReply: !(flags & MORE_TO_COME) };
}

interface Sections {
  command: Doc;
  sequences: Map<string, Value[]>;
}

/** A kind 0 section is the command; kind 1 sections hold the documents of a field one after the other. */
function readSections(message: Buffer, start: number, end: number): Sections {
  let command: Doc | undefined;
  const sequences = new Map<string, Value[]>();
  let at = start;
  while (at < end) {
    const kind = message.readUInt8(at++);
    const size = sizeAt(message, at, end);
    const next = at + size;
    if (kind === 0) {
      if (command) throw new Refusal(40430, 'Multiple body sections in message');
      command = decode(message.subarray(at, next));
    } else if (kind === 1) {
      const [name, documents] = readSequence(message.subarray(at + 4, next));
      if (sequences.has(name)) throw new Refusal(40431, `Duplicate document sequence: ${name}`);
      sequences.set(name, documents);
    } else throw new BrokenFrame(`section kind ${kind}`);
    at = next;
  }
  if (!command) throw new BrokenFrame('an OP_MSG without a body');
  return { command, sequences };
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

const HELLO = ['hello', 'ismaster', 'isMaster'];

/** OP_QUERY serves only the first hello of a connection, as since MongoDB 5.1. */
function readQuery(message: Buffer, id: number): Request {
  const nameEnd = message.indexOf(0, 20);
  if (nameEnd < 0 || nameEnd + 9 > message.length) throw new BrokenFrame('an OP_QUERY without a query');
  const [db = ''] = message.toString('utf8', 20, nameEnd).split('.');
  const body = (): Doc => {
    const at = nameEnd + 9;
    const query = decode(message.subarray(at, at + sizeAt(message, at, message.length)));
    const [name = ''] = query.keys();
    if (!HELLO.includes(name)) throw new Refusal(352, `Unsupported OP_QUERY command: ${name}`);
    if (!query.has('$db')) query.set('$db', db);
    return query;
  };
  return { id, bytes: message.length, body, legacy: true, wantsReply: true };
}

let replies = 0;

/** The reply as one message. */
export function writeReply(request: Request, reply: Reply): Buffer {
  const start = request.legacy ? 36 : 21;
  const message = reply instanceof CursorReply ? writeCursor(reply, start) : writeDocument(reply, start);
  replies = (replies + 1) & 0x7fffffff;
  message.fill(0, 0, start);
  message.writeInt32LE(message.length, 0);
  message.writeInt32LE(replies, 4);
  message.writeInt32LE(request.id, 8);
  message.writeInt32LE(request.legacy ? OP_REPLY : OP_MSG, 12);
  if (request.legacy) message.writeInt32LE(1, 32); // one document
  return message;
}

function writeDocument(reply: Doc, start: number): Buffer {
  const body = encode(reply);
  const message = Buffer.allocUnsafe(start + body.length);
  body.copy(message, start);
  return message;
}

const CURSOR = Buffer.from('\x03cursor\0', 'latin1');
const OK = encode(ok()).subarray(4); // its last byte ends the reply's document

/** `{ cursor: { <batch>: [...], id, ns }, ok: 1 }` with the stored bytes put in between as they are, copied once. */
function writeCursor({ id, namespace, field, rows }: CursorReply, start: number): Buffer {
  const list = Buffer.from(`\x04${field}\0`, 'latin1');
  const tail = encode(doc({ id, ns: namespace })).subarray(4);
  const listSize = rows.reduce((sum, row, i) => sum + 2 + String(i).length + row.length, 5);
  const cursorSize = 4 + list.length + listSize + tail.length;
  const size = 4 + CURSOR.length + cursorSize + OK.length;
  const message = Buffer.allocUnsafe(start + size);
  let at = message.writeInt32LE(size, start);
  at += CURSOR.copy(message, at);
  at = message.writeInt32LE(cursorSize, at);
  at += list.copy(message, at);
  at = message.writeInt32LE(listSize, at);
  for (const [i, row] of rows.entries()) {
    message[at++] = 3;
    at += message.write(String(i), at, 'latin1');
    message[at++] = 0;
    at += row.copy(message, at);
  }
  message[at++] = 0;
  at += tail.copy(message, at);
  OK.copy(message, at);
  return message;
}
