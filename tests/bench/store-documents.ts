import mongoose from '@parley/server/src/storage/embedded/testing/mongoose.ts';

export const PER_CHAT = 20; // documents of one chat
export const SENDERS = 50; // different values of `from`
export const PAGE = 20;
const SIZE = 255; // bytes of a document as BSON
const { BSON, ObjectId } = mongoose.mongo;

export interface Message {
  _id: mongoose.mongo.ObjectId;
  key: string;
  from: string;
  chatId: string;
  ts: Date;
  n: number;
  text: string;
}

export const keyOf = (n: number): string => `wamid.${String(n).padStart(12, '0')}`;
export const chatOf = (n: number): string => `chat-${Math.floor(n / PER_CHAT)}`;
export const senderOf = (n: number): string => `sender-${n % SENDERS}`;

/** A time id that sorts by n, so that every run has the same documents. */
export const idOf = (n: number): mongoose.mongo.ObjectId => {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt32BE(n, 0);
  return new ObjectId(bytes);
};

export function messageOf(n: number): Message {
  const made: Message = {
    _id: idOf(n),
    key: keyOf(n),
    from: senderOf(n),
    chatId: chatOf(n),
    ts: new Date(1_700_000_000_000 + n),
    n,
    text: '',
  };
  made.text = 'm'.repeat(Math.max(0, SIZE - BSON.calculateObjectSize(made)));
  return made;
}

const schema = new mongoose.Schema<Message>(
  {
    _id: mongoose.Schema.Types.ObjectId,
    key: { type: String, unique: true },
    from: { type: String, index: true },
    chatId: String,
    ts: Date,
    n: Number,
    text: String,
  },
  { versionKey: false },
);
schema.index({ chatId: 1, ts: 1 });
export const messageModel = (connection: mongoose.Connection) => connection.model('Message', schema);
export type MessageModel = ReturnType<typeof messageModel>;
