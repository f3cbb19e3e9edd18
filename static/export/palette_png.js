/**
 * A PNG of at most 256 colours, which is a third of what the browser makes of a plot, and a fraction
 * of its time. What is left out are shades between the colours of few pixels.
 */

/** Colours are told apart by 5 bits of each channel: those of a bucket are one, their mean. */
const BUCKETS = 1 << 15;
const MOST_COLORS = 256;
const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const BIT_DEPTH = 8;
const INDEXED = 3;

/**
 * @param {{data: Uint8ClampedArray, width: number, height: number}} image which is opaque
 * @returns {Promise<Blob>}
 */
export async function palettePng({ data, width, height }) {
  const pixels = new Uint32Array(data.buffer, data.byteOffset, width * height);
  const buckets = bucketsOf(pixels);
  const { palette, indexOf } = paletteOf(pixels, buckets);
  const header = new DataView(new ArrayBuffer(13));
  header.setUint32(0, width);
  header.setUint32(4, height);
  header.setUint8(8, BIT_DEPTH);
  header.setUint8(9, INDEXED);
  return new Blob(
    [
      new Uint8Array(SIGNATURE),
      chunk("IHDR", new Uint8Array(header.buffer)),
      chunk("PLTE", palette),
      chunk("IDAT", await deflated(rowsOf(buckets, width, indexOf))),
      chunk("IEND", new Uint8Array(0)),
    ],
    { type: "image/png" },
  );
}

/**
 * The bucket of each pixel.
 * @param {Uint32Array} pixels with red in the lowest byte, as each machine that shows pages has it
 */
function bucketsOf(pixels) {
  const buckets = new Uint16Array(pixels.length);
  for (let i = 0; i < pixels.length; i++) {
    const pixel = Number(pixels[i]);
    buckets[i] = ((pixel & 0xf8) << 7) | ((pixel >>> 6) & 0x3e0) | ((pixel >>> 19) & 0x1f);
  }
  return buckets;
}

/**
 * The colours of most pixels; those of the other buckets become the nearest of them.
 * @param {Uint32Array} pixels
 * @param {Uint16Array} buckets
 */
function paletteOf(pixels, buckets) {
  const counts = new Uint32Array(BUCKETS);
  const sums = [0, 1, 2].map(() => new Float64Array(BUCKETS));
  const [reds, greens, blues] = /** @type {[Float64Array, Float64Array, Float64Array]} */ (sums);
  for (let i = 0; i < pixels.length; ) {
    const pixel = Number(pixels[i]);
    const begin = i;
    // Most pixels are as the one before.
    while (pixels[i] === pixel) i++;
    const bucket = Number(buckets[begin]);
    const count = i - begin;
    counts[bucket] = Number(counts[bucket]) + count;
    reds[bucket] = Number(reds[bucket]) + count * (pixel & 0xff);
    greens[bucket] = Number(greens[bucket]) + count * ((pixel >>> 8) & 0xff);
    blues[bucket] = Number(blues[bucket]) + count * ((pixel >>> 16) & 0xff);
  }
  const used = [...counts.keys()].filter((bucket) => counts[bucket]);
  used.sort((one, other) => Number(counts[other]) - Number(counts[one]));
  const means = used.map((bucket) =>
    sums.map((its) => Math.round(Number(its[bucket]) / Number(counts[bucket]))),
  );
  const kept = means.slice(0, MOST_COLORS);
  const indexOf = new Uint8Array(BUCKETS);
  used.forEach((bucket, index) => {
    indexOf[bucket] =
      index < MOST_COLORS ? index : nearest(kept, /** @type {number[]} */ (means[index]));
  });
  return { palette: new Uint8Array(kept.flat()), indexOf };
}

/** @param {number[][]} colors @param {number[]} color */
function nearest(colors, color) {
  let [best, least] = [0, Infinity];
  colors.forEach((one, index) => {
    const distance = one.reduce((sum, value, i) => sum + (value - Number(color[i])) ** 2, 0);
    if (distance < least) [best, least] = [index, distance];
  });
  return best;
}

/**
 * Each row begins with the filter that it has: none.
 * @param {Uint16Array} buckets
 * @param {number} width
 * @param {Uint8Array} indexOf a bucket
 */
function rowsOf(buckets, width, indexOf) {
  const height = buckets.length / width;
  const rows = new Uint8Array(height * (width + 1));
  let at = 0;
  for (let y = 0; y < height; y++) {
    const begin = y * (width + 1) + 1;
    for (let x = 0; x < width; x++) rows[begin + x] = Number(indexOf[Number(buckets[at++])]);
  }
  return rows;
}

/** In the format of zlib. @param {Uint8Array<ArrayBuffer>} bytes */
async function deflated(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Length, name, content, checksum. @param {string} name @param {Uint8Array} content */
function chunk(name, content) {
  const bytes = new Uint8Array(12 + content.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, content.length);
  bytes.set(
    [...name].map((letter) => letter.charCodeAt(0)),
    4,
  );
  bytes.set(content, 8);
  view.setUint32(8 + content.length, checksum(bytes.subarray(4, 8 + content.length)));
  return bytes;
}

/** CRC-32. @param {Uint8Array} bytes */
function checksum(bytes) {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
