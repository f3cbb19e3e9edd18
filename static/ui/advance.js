/**
 * How far x has come in the range that is to be filled, and how long it has to go: by how fast x has
 * gone of late, as `zwsnb.track` has it of its steps.
 */
import { formatDuration } from "../base/readings_text.js";

/** Of the pace: the share of the newest look. */
const SHARE = 0.3;
/** Seconds between two looks at least. */
const EVERY = 1;
/** Of the time between two looks: so long x may stand still, and then nobody knows how long. */
const PATIENCE = 3;
/** Seconds that it may stand still at least. */
const SHORTEST = 5;

export class Advance {
  #newest = NaN;
  /** Of the last look at which it had gone on, and when that was. */
  #x = NaN;
  #at = 0;
  /** Of the time between two looks, and of how far x went in it. */
  #seconds = 0;
  #gone = 0;

  /** @param {number} x the newest @param {number} now in seconds */
  look(x, now) {
    if (!(x >= this.#x)) return this.#begin(x, now);
    this.#newest = x;
    const seconds = now - this.#at;
    if (seconds < EVERY || x === this.#x) return;
    const share = this.#seconds > 0 ? SHARE : 1;
    this.#seconds += share * (seconds - this.#seconds);
    this.#gone += share * (x - this.#x - this.#gone);
    [this.#x, this.#at] = [x, now];
  }

  /** Before the first point, and where x has gone back. @param {number} x @param {number} now */
  #begin(x, now) {
    [this.#newest, this.#x, this.#at] = [x, x, now];
    this.#seconds = this.#gone = 0;
  }

  /**
   * @param {number} min of x; NaN: there is none
   * @param {[number | null, number | null] | null} range that is to be filled
   * @param {boolean} isLive it goes on
   * @param {number} now
   */
  words(min, range, isLive, now) {
    const [low, high] = range ?? [null, null];
    const begin = low ?? min;
    if (high === null || Number.isNaN(this.#newest) || !(begin < high)) return "";
    const part = Math.min(Math.max(0, (this.#newest - begin) / (high - begin)), 1);
    const percent = `${Math.floor(100 * part)} %`;
    const left = ((high - this.#newest) * this.#seconds) / this.#gone;
    return isLive && part < 1 && this.#gone > 0 && !this.#hasStopped(now)
      ? `${percent} · ${formatDuration(Math.ceil(left))} to go`
      : percent;
  }

  /** @param {number} now */
  #hasStopped(now) {
    return now - this.#at > Math.max(SHORTEST, PATIENCE * this.#seconds);
  }
}
