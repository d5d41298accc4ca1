import mongoose from 'mongoose';
import { Decimal } from '../bson/value.ts';

const { BSON } = mongoose.mongo;

/** A decimal as the driver reads its text. */
export const decimal = (text: string): Decimal => new Decimal(Buffer.from(BSON.Decimal128.fromString(text).bytes));
