/** The smallest HEIC there can be: one grey picture of 16 x 16, its samples as they are (PCM), in HEVC, in the boxes of HEIF. */
const SIDE = 16;

class Bits {
  readonly bits: number[] = [];
  u(value: number, length: number): this {
    for (let at = length - 1; at >= 0; at -= 1) this.bits.push(Math.floor(value / 2 ** at) % 2);
    return this;
  }
  /** Exp-Golomb, ITU-T H.265 9.2. */
  ue(value: number): this {
    const length = Math.floor(Math.log2(value + 1));
    return this.u(0, length).u(value + 1, length + 1);
  }
  /** A one, then zeros up to the next byte. */
  end(): this {
    this.bits.push(1);
    return this.align();
  }
  align(): this {
    while (this.bits.length % 8 !== 0) this.bits.push(0);
    return this;
  }
  bytes(): Buffer {
    const bytes: number[] = [];
    for (let at = 0; at < this.bits.length; at += 8)
      bytes.push(Number.parseInt(this.bits.slice(at, at + 8).join(''), 2));
    return Buffer.from(bytes);
  }
}

/** A unit of the stream; a third byte after two zeros is kept apart (emulation prevention). */
function unit(type: number, payload: Bits): Buffer {
  const out = [type << 1, 1];
  let zeros = 0;
  for (const byte of payload.bytes()) {
    if (zeros === 2 && byte <= 3) {
      out.push(3);
      zeros = 0;
    }
    out.push(byte);
    zeros = byte === 0 ? zeros + 1 : 0;
  }
  return Buffer.from(out);
}

/** Main Still Picture, level 1. */
const profile = (bits: Bits): Bits => bits.u(0, 2).u(0, 1).u(3, 5).u(0x1000_0000, 32).u(0, 48).u(30, 8);

const videoSet = () =>
  profile(new Bits().u(0, 4).u(3, 2).u(0, 6).u(0, 3).u(1, 1).u(0xffff, 16))
    .u(1, 1)
    .ue(0)
    .ue(0)
    .ue(0)
    .u(0, 6)
    .ue(0)
    .u(0, 2)
    .end();

const sequenceSet = () =>
  profile(new Bits().u(0, 4).u(0, 3).u(1, 1))
    .ue(0) // id
    .ue(1) // 4:2:0
    .ue(SIDE)
    .ue(SIDE)
    .u(0, 1) // no cropping
    .ue(0) // 8 bits
    .ue(0)
    .ue(0) // log2 of the order's length, less 4
    .u(1, 1)
    .ue(0)
    .ue(0)
    .ue(0)
    .ue(0) // smallest block 8
    .ue(1) // largest block 16
    .ue(0) // smallest transform 4
    .ue(2) // largest 16
    .ue(0)
    .ue(0)
    .u(0, 3) // no scaling lists, no asymmetric parts, no offsets
    .u(1, 1) // samples as they are
    .u(7, 4)
    .u(7, 4)
    .ue(0) // from 8
    .ue(1) // to 16
    .u(1, 1) // not filtered
    .ue(0)
    .u(0, 5) // no long-term pictures, no prediction over time, no smoothing, nothing about use, no extension
    .end();

const pictureSet = () =>
  new Bits()
    .ue(0)
    .ue(0)
    .u(0, 7) // dependent slices, output flag, three extra bits, hidden signs, start of the coder
    .ue(0)
    .ue(0)
    .ue(0) // quantiser 26
    .u(0, 3)
    .ue(0)
    .ue(0)
    .u(0, 6) // offsets in slices, weights, lossless, tiles, rows side by side
    .u(0, 1) // filter across slices
    .u(0, 1) // filter control
    .u(0, 2) // scaling lists, lists of pictures
    .ue(0)
    .u(0, 2)
    .end();

/** The arithmetic coder of 9.3.4 as far as two flags need it. */
function coded(bits: Bits, split: boolean): void {
  let low = 0;
  let range = 510;
  let first = true;
  let outstanding = 0;
  const put = (bit: number) => {
    if (first) first = false;
    else bits.u(bit, 1);
    for (; outstanding > 0; outstanding -= 1) bits.u(1 - bit, 1);
  };
  const renorm = () => {
    while (range < 256) {
      if (low >= 512) {
        put(1);
        low -= 512;
      } else if (low < 256) put(0);
      else {
        low -= 256;
        outstanding += 1;
      }
      range *= 2;
      low *= 2;
    }
  };
  if (split) range -= 240; // "not split" is the likelier one in this state: rangeTabLps[0][3]
  renorm();
  range -= 2; // the end is told
  low += range;
  range = 2;
  renorm();
  put((low >> 9) & 1);
  bits.u(((low >> 7) & 3) | 1, 2);
}

function slice(): Bits {
  // First of the picture, nothing of earlier pictures, set 0, intra (2), no change of the quantiser
  const bits = new Bits().u(1, 1).u(0, 1).ue(0).ue(2).ue(0);
  bits.end();
  coded(bits, true);
  bits.align();
  for (let sample = 0; sample < SIDE * SIDE * 1.5; sample += 1) bits.u(128, 8);
  coded(bits, false);
  return bits.align();
}

const u16 = (value: number) => Buffer.from([value >> 8, value & 255]);
const u32 = (value: number) => Buffer.concat([u16(value >> 16), u16(value & 0xffff)]);
const box = (type: string, ...parts: Buffer[]): Buffer => {
  const body = Buffer.concat(parts);
  return Buffer.concat([u32(body.length + 8), Buffer.from(type), body]);
};
const full = (type: string, version: number, ...parts: Buffer[]) => box(type, u32(version * 0x0100_0000), ...parts);

/** `says`: the size that the file announces, whatever lies in it. */
export function heic(says = SIDE): Buffer {
  const sets = [unit(32, videoSet()), unit(33, sequenceSet()), unit(34, pictureSet())];
  const picture = unit(19, slice());
  const data = Buffer.concat([u32(picture.length), picture]);
  const config = Buffer.concat([
    Buffer.from([1, 3, 0x10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 30, 0xf0, 0, 0xfc, 0xfd, 0xf8, 0xf8, 0, 0, 0x0f, sets.length]),
    ...sets.map((one, index) => Buffer.concat([Buffer.from([0x80 | (32 + index)]), u16(1), u16(one.length), one])),
  ]);
  const type = box('ftyp', Buffer.from('heic'), u32(0), Buffer.from('mif1heic'));
  const meta = (offset: number) =>
    full(
      'meta',
      0,
      full('hdlr', 0, u32(0), Buffer.from('pict'), Buffer.alloc(13)),
      full('pitm', 0, u16(1)),
      full('iinf', 0, u16(1), full('infe', 2, u16(1), u16(0), Buffer.from('hvc1\0'))),
      box(
        'iprp',
        box('ipco', box('hvcC', config), full('ispe', 0, u32(says), u32(says))),
        full('ipma', 0, u32(1), u16(1), Buffer.from([2, 0x81, 2])),
      ),
      full('iloc', 0, Buffer.from([0x44, 0]), u16(1), u16(1), u16(0), u16(1), u32(offset), u32(data.length)),
    );
  return Buffer.concat([type, meta(type.length + meta(0).length + 8), box('mdat', data)]);
}
