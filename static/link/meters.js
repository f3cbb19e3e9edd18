/**
 * How fast and how late: rates over the last two seconds, the relay's clock, and the latencies of
 * the last patches.
 */

const KEPT = 64;
const RING = 4096;
/** Seconds for which a latency is news. */
const LATELY = 5;

/** A count's growth per second, over the last two seconds. */
export class Rate {
  #times = new Float64Array(16);
  #totals = new Float64Array(16);
  #next = 0;
  #count = 0;

  /**
   * @param {number} total
   * @param {number} now in seconds; samples nearer than 1/8 s to the last are ignored
   */
  sample(total, now) {
    const last = (this.#next + 15) % 16;
    if (this.#count > 0 && now - /** @type {number} */ (this.#times[last]) < 0.125) return;
    this.#times[this.#next] = now;
    this.#totals[this.#next] = total;
    this.#next = (this.#next + 1) % 16;
    this.#count = Math.min(this.#count + 1, 16);
  }

  perSecond() {
    if (this.#count < 2) return 0;
    const last = (this.#next + 15) % 16;
    const first = (this.#next + 16 - this.#count) % 16;
    const passed =
      /** @type {number} */ (this.#times[last]) - /** @type {number} */ (this.#times[first]);
    const grown =
      /** @type {number} */ (this.#totals[last]) - /** @type {number} */ (this.#totals[first]);
    return passed > 0 ? Math.max(0, grown / passed) : 0;
  }

  reset() {
    this.#count = 0;
  }
}

/** Seconds by which a browser may round its clock. */
const ROUNDED = 0.01;

/**
 * The relay's clock, seen from here: of all answers since one of the two was set, the one with the
 * shortest round trip counts. A page's own may stand still while its machine sleeps.
 */
export class Clock {
  #difference = 0;
  #shortest = Infinity;

  /** A first estimate, from the relay's hello. @param {number} relay @param {number} now */
  start(relay, now) {
    this.#difference = relay - now;
    this.#shortest = Infinity;
  }

  /** @param {number} sent @param {number} relay @param {number} now all in seconds */
  answer(sent, relay, now) {
    const roundTrip = now - sent;
    const difference = relay - (sent + now) / 2;
    // An answer is wrong by half of its round trip at most, as the one before is by half of its own.
    const apart = Math.abs(difference - this.#difference) - ROUNDED;
    const isSet = apart > (roundTrip + this.#shortest) / 2;
    if (roundTrip < 0 || (roundTrip > this.#shortest && !isSet)) return;
    this.#shortest = roundTrip;
    this.#difference = difference;
  }

  /** A time of the relay on the page's clock. @param {number} time */
  here(time) {
    return time - this.#difference;
  }
}

/** Latencies in milliseconds, from publishing to painting. */
export class Latencies {
  #ring = new Float64Array(RING);
  #sorted = new Float64Array(KEPT);
  #count = 0;
  #at = -Infinity;

  /** @param {number} milliseconds @param {number} now in seconds */
  add(milliseconds, now) {
    this.#ring[this.#count % RING] = milliseconds;
    this.#count += 1;
    this.#at = now;
  }

  /** The last ones, oldest first. @param {number} most */
  recent(most = RING) {
    const held = Math.min(this.#count, RING, most);
    const out = new Float64Array(held);
    for (let i = 0; i < held; i++)
      out[i] = /** @type {number} */ (this.#ring[(this.#count - held + i) % RING]);
    return out;
  }

  /** The median, while points come; NaN some seconds after the last. @param {number} now */
  lately(now) {
    return now - this.#at <= LATELY ? this.median() : NaN;
  }

  /** The median of the last 64; NaN if there is none. */
  median() {
    const held = Math.min(this.#count, KEPT);
    if (held === 0) return NaN;
    const part = this.#sorted.subarray(0, held);
    for (let i = 0; i < held; i++)
      part[i] = /** @type {number} */ (this.#ring[(this.#count - 1 - i) % RING]);
    part.sort();
    return /** @type {number} */ (part[held >> 1]);
  }
}

/** Seconds. */
const ASK_EVERY = 10;
const ASK_WHEN_QUIET = 2;
const NOTICED_AFTER = 4.5;
const ANSWER_WITHIN = 2;
const GIVEN_UP_AFTER = 40;

/**
 * How long nothing has come. A relay that has nothing to say is asked; who does not answer is
 * stopped, or busy, or out of reach, and what is seen is not live.
 */
export class Silence {
  #heardAt = 0;
  #askedAt = 0;
  /** When it was first asked since something came. */
  #waitingSince = Infinity;

  /** @param {number} now */
  heard(now) {
    this.#heardAt = now;
    this.#waitingSince = Infinity;
  }

  /** @param {number} now */
  asked(now) {
    this.#askedAt = now;
    this.#waitingSince = Math.min(this.#waitingSince, now);
  }

  /** Is it time to ask? @param {number} now */
  shouldAsk(now) {
    return now - this.#askedAt > (this.#seconds(now) > ASK_WHEN_QUIET ? ASK_WHEN_QUIET : ASK_EVERY);
  }

  /**
   * The seconds for which nobody has answered; 0: not long enough to say so.
   * @param {number} now
   * @param {boolean} canAsk a tab that slept has to ask before it may say that nobody answers
   */
  noticed(now, canAsk) {
    return this.#isUnanswered(now, canAsk) && this.#seconds(now) > NOTICED_AFTER
      ? this.#seconds(now)
      : 0;
  }

  /**
   * The connection is of no use.
   * @param {number} now
   * @param {boolean} canAsk a tab in the background looks once a minute, and asks before it gives up
   */
  isTooLong(now, canAsk) {
    return this.#isUnanswered(now, canAsk) && this.#seconds(now) > GIVEN_UP_AFTER;
  }

  /** @param {number} now @param {boolean} canAsk */
  #isUnanswered(now, canAsk) {
    return !canAsk || now - this.#waitingSince > ANSWER_WITHIN;
  }

  /** @param {number} now */
  #seconds(now) {
    return now - this.#heardAt;
  }
}
