/**
 * The vertices of one series: x, y, x, y, ... in one growing Float64Array of which a range is in
 * use. "Drop d, keep k, append these" moves the two ends of the range; values are copied only when
 * the room runs out, so that a following view costs its new vertices and nothing else.
 */
export class Vertices {
  #room;
  #start = 0;
  #end = 0;
  /** @type {Float64Array | null} */
  #alive = null;

  /** @param {number} capacity in vertices */
  constructor(capacity = 1024) {
    this.#room = new Float64Array(2 * capacity);
  }

  get count() {
    return (this.#end - this.#start) / 2;
  }

  /** The vertices, not copied: valid until the next change. */
  view() {
    this.#alive ??= this.#room.subarray(this.#start, this.#end);
    return this.#alive;
  }

  /** Add to every x. @param {number} by */
  move(by) {
    for (let at = this.#start; at < this.#end; at += 2)
      this.#room[at] = /** @type {number} */ (this.#room[at]) + by;
  }

  clear() {
    this.#start = this.#end = 0;
    this.#alive = null;
  }

  /**
   * @param {number} drop vertices that leave at the front
   * @param {number} keep vertices that stay after them; what is behind goes
   * @param {Float64Array} appended x, y, x, y, ...
   * @returns {boolean} something has changed
   */
  apply(drop, keep, appended) {
    if (drop + keep > this.count)
      throw new RangeError(`drop ${drop} and keep ${keep}: there are ${this.count} vertices`);
    if (keep === this.count && appended.length === 0) return false;
    this.#start += 2 * drop;
    this.#end = this.#start + 2 * keep;
    this.#reserve(appended.length);
    this.#room.set(appended, this.#end);
    this.#end += appended.length;
    this.#alive = null;
    return true;
  }

  /** @param {number} extra values about to be appended */
  #reserve(extra) {
    if (this.#end + extra <= this.#room.length) return;
    const alive = this.#end - this.#start;
    // Moving down pays only if it frees half the room; otherwise the next patch would have to move
    // it all again.
    if (2 * (alive + extra) <= this.#room.length) this.#room.copyWithin(0, this.#start, this.#end);
    else this.#grow(2 * (alive + extra));
    this.#start = 0;
    this.#end = alive;
  }

  /** @param {number} length of the new room, at least */
  #grow(length) {
    const old = this.#room.subarray(this.#start, this.#end);
    this.#room = new Float64Array(2 ** Math.ceil(Math.log2(length)));
    this.#room.set(old);
  }
}
