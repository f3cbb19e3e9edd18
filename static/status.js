/** One quiet line: how the connection is, how much has come, how fast and how late; what was lost and why, on hover. */
import { make, setText, setTitle } from "./dom.js";
import { formatCount, formatShort } from "./format.js";

/**
 * @typedef {object} Report
 * @property {"connecting" | "live" | "paused" | "looking back" | "reconnecting" | "ended" | "refused"} state
 * @property {string} reason
 * @property {number | null} seconds until the next attempt
 * @property {number | null} waiting points that came while paused; null: not known
 * @property {number} points
 * @property {number} pointsPerSecond
 * @property {number} framesPerSecond
 * @property {number} latency milliseconds; NaN: not known
 * @property {number} conflated
 * @property {Counts} counts
 * @property {string[]} notices
 *
 * @typedef {Record<string, number | Record<string, number>>} Counts
 */

/** @type {Record<string, string>} */
const EXPLAINED = {
  missing: "points whose numbers the relay has not seen: lost on the way from a producer",
  dropped: "points that a producer gave up, because its buffer was full",
  gaps: "points whose y was NaN or infinite: drawn as gaps",
  refused: "messages that were no points",
};

export class Status {
  #state = make("span", "state");
  #points = make("span", "points");
  #rate = make("span", "rate");
  #frames = make("span", "frames");
  #latency = make("span", "latency");
  #losses = make("span", "losses");
  #notice = make("span", "notice");

  /** @param {HTMLElement} element */
  constructor(element) {
    this.element = element;
    element.replaceChildren(this.#state, this.#points, this.#rate, this.#frames, this.#latency, this.#losses, this.#notice);
    this.#points.title = "Points that the plot has taken so far";
    this.#rate.title = "Points per second, over the last two seconds";
    this.#frames.title = "Pictures drawn per second: one for each change, none without";
    this.#latency.title = "From publishing a point to painting it: median of the last 64 updates";
  }

  /** @param {Report} report */
  update(report) {
    this.element.dataset["state"] = report.state.replace(" ", "-");
    setText(this.#state, stateSentence(report));
    setTitle(this.#state, report.reason);
    setText(this.#points, report.points > 0 ? counted(report.points, "point") : "");
    setText(this.#rate, report.pointsPerSecond >= 0.05 ? `${formatShort(report.pointsPerSecond)}/s` : "");
    setText(this.#frames, report.framesPerSecond >= 0.5 ? `${Math.round(report.framesPerSecond)} fps` : "");
    setText(this.#latency, report.latency >= 0 ? `${Math.round(report.latency)} ms` : "");
    setText(this.#losses, lossesSentence(report.counts));
    setTitle(this.#losses, explanation(report));
    setTitle(this.#points, pointsExplanation(report));
    setText(this.#notice, report.notices.at(-1) ?? "");
    setTitle(this.#notice, report.notices.join("\n"));
  }
}

/** @param {Pick<Report, "state" | "reason" | "seconds" | "waiting">} report */
export function stateSentence({ state, reason, seconds, waiting }) {
  switch (state) {
    case "paused":
      return waiting ? `paused, ${formatCount(waiting)} waiting` : "paused";
    case "reconnecting":
      return seconds === null || seconds < 0.5 ? "reconnecting…" : `reconnecting in ${Math.round(seconds)} s`;
    case "connecting":
      return "connecting…";
    case "ended":
      return `ended: ${reason}`;
    case "refused":
      return reason;
    default:
      return state;
  }
}

/** @param {Counts} counts */
export function lossesSentence(counts) {
  const parts = Object.entries(counts)
    .map(([kind, count]) => ({ kind, total: totalOf(count) }))
    .filter(({ kind, total }) => kind !== "conflated" && total > 0);
  return parts.map(({ kind, total }) => `${formatCount(total)} ${kind}`).join(" · ");
}

/** @param {Report} report */
function explanation({ counts }) {
  return Object.entries(counts)
    .filter(([kind]) => kind in EXPLAINED)
    .map(([kind, count]) => `${kind}: ${EXPLAINED[kind]}${detailsOf(count)}`)
    .join("\n");
}

/** @param {Report} report */
function pointsExplanation({ conflated }) {
  const base = "Points that the plot has taken so far";
  if (!(conflated > 0)) return base;
  return `${base}; ${formatCount(conflated)} of them share a pixel with others: the first, the lowest, the highest and the last of each column are drawn`;
}

/** @param {number | Record<string, number>} count */
function totalOf(count) {
  return typeof count === "number" ? count : Object.values(count).reduce((sum, one) => sum + one, 0);
}

/** @param {number | Record<string, number>} count */
function detailsOf(count) {
  if (typeof count === "number") return "";
  return ` (${Object.entries(count).map(([kind, one]) => `${kind}: ${one}`).join(", ")})`;
}

/** @param {number} count @param {string} noun */
function counted(count, noun) {
  return `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`;
}
