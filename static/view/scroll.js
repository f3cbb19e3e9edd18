/**
 * The scrolling of a following plot between two patches. Points that come ten times a second would
 * make the picture jump ten times a second; the edge goes on at the speed of the last points
 * instead, for one interval at most, so that it arrives where the next point will be. It never goes
 * back, and stands still when the points do.
 */

const SLOWEST = 1.2;
const SHARE = 0.25;

export class Scroll {
  #newest = NaN;
  #at = 0;
  /** Means over the last few arrivals: seconds between them, and how far x went. */
  #interval = NaN;
  #step = 0;
  #edge = NaN;

  /**
   * @param {number} newest x of the plot
   * @param {number} now in seconds
   * @returns {number} the edge to show
   */
  edge(newest, now) {
    if (newest !== this.#newest) this.#arrive(newest, now);
    const share = Number.isNaN(this.#interval) ? 0 : Math.min((now - this.#at) / this.#interval, 1);
    this.#edge = Math.max(this.#edge, newest + this.#step * share);
    return this.#edge;
  }

  /** Does the edge still move without new points? @param {number} now */
  isMoving(now) {
    return this.#step > 0 && now - this.#at < this.#interval;
  }

  /** @param {number} newest @param {number} now */
  #arrive(newest, now) {
    const passed = now - this.#at;
    const step = newest - this.#newest;
    // The difference of two doubles may be none.
    if (!(step > 0 && step < Infinity) || passed > SLOWEST) this.#stop(newest);
    else this.#learn(step, passed);
    this.#newest = newest;
    this.#at = now;
  }

  /** @param {number} newest */
  #stop(newest) {
    this.#interval = NaN;
    this.#step = 0;
    this.#edge = newest;
  }

  /** @param {number} step @param {number} passed */
  #learn(step, passed) {
    const share = Number.isNaN(this.#interval) ? 1 : SHARE;
    this.#interval = (this.#interval || 0) + (passed - (this.#interval || 0)) * share;
    this.#step += (step - this.#step) * share;
  }
}
