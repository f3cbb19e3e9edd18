/** Columns of numbers, as zwsnb/saved/packing.py has packed them, which says how. */

const BYTES = 8;

/**
 * @param {Uint8Array} bytes inflated
 * @param {number[]} lengths of the columns
 * @returns {Float64Array[]}
 */
export function unpack(bytes, lengths) {
  let at = 0;
  return lengths.map((length) => {
    const planes = bytes.subarray(at, at + BYTES * length);
    if (planes.length < BYTES * length)
      throw new RangeError(`the file ends after ${bytes.length} bytes: it was not saved whole`);
    at += BYTES * length;
    return columnOf(planes, length);
  });
}

/** @param {Uint8Array} planes the first bytes of all numbers, the second ones, ... @param {number} length */
function columnOf(planes, length) {
  const bytes = new Uint8Array(BYTES * length);
  for (let plane = 0; plane < BYTES; plane++)
    for (let i = 0; i < length; i++)
      bytes[BYTES * i + plane] = /** @type {number} */ (planes[plane * length + i]);
  const words = new Uint32Array(bytes.buffer);
  for (let i = 2; i < words.length; i++)
    words[i] = /** @type {number} */ (words[i]) ^ /** @type {number} */ (words[i - 2]);
  return new Float64Array(bytes.buffer);
}

/** @param {Float64Array} x @param {Float64Array} y @returns {Float64Array} x, y, x, y, ... */
export function interleaved(x, y) {
  const points = new Float64Array(2 * x.length);
  for (let i = 0; i < x.length; i++) {
    points[2 * i] = /** @type {number} */ (x[i]);
    points[2 * i + 1] = /** @type {number} */ (y[i]);
  }
  return points;
}
