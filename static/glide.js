/**
 * The right edge of a following plot between two patches. Points that come ten times a second would make the picture
 * jump ten times a second; the edge goes on at the speed of the last points instead, for one interval at most, so that
 * it arrives where the next point will be. It never goes back, and stands still when the points do.
 */

const SLOWEST = 1.2;
const SHARE = 0.25;

export class Glide {
  #newest = NaN;
  #at = 0;
  #interval = NaN;
  #speed = 0;
  #edge = NaN;

  /**
   * @param {number} newest x of the plot
   * @param {number} now in seconds
   * @returns {number} the edge to show
   */
  edge(newest, now) {
    if (newest !== this.#newest) this.#arrive(newest, now);
    const ahead = Number.isNaN(this.#interval) ? 0 : Math.min(now - this.#at, this.#interval);
    this.#edge = Math.max(this.#edge, newest + this.#speed * ahead);
    return this.#edge;
  }

  /** Does the edge still move without new points? @param {number} now */
  isMoving(now) {
    return this.#speed > 0 && now - this.#at < this.#interval;
  }

  /** @param {number} newest @param {number} now */
  #arrive(newest, now) {
    const passed = now - this.#at;
    const step = newest - this.#newest;
    if (!(step > 0) || passed > SLOWEST) this.#stop(newest);
    else this.#learn(step, passed);
    this.#newest = newest;
    this.#at = now;
  }

  /** @param {number} newest */
  #stop(newest) {
    this.#interval = NaN;
    this.#speed = 0;
    this.#edge = newest;
  }

  /** @param {number} step @param {number} passed */
  #learn(step, passed) {
    const first = Number.isNaN(this.#interval);
    const speed = step / Math.max(passed, 1e-3);
    this.#interval = first ? passed : this.#interval + (passed - this.#interval) * SHARE;
    this.#speed = first ? speed : this.#speed + (speed - this.#speed) * SHARE;
  }
}
