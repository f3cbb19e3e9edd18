/**
 * One line: how the connection is, how much has come, how fast and how late; what was lost and why,
 * on hover.
 */
import { make, setText, setTitle } from "../base/dom.js";
import { formatCount, formatRate } from "../base/counts.js";
import { timeText } from "../base/clock.js";

/**
 * @typedef {object} Report
 * @property {"connecting" | "live" | "silent" | "paused" | "looking back" | "reconnecting" |
 *   "ended" | "refused" | "saved"} state
 * @property {string} reason
 * @property {number | null} seconds until the next attempt
 * @property {number} [silence] seconds for which the relay has not answered
 * @property {number | null} waiting points that came while paused; null: not known
 * @property {string} trigger what it does; empty: there is none
 * @property {string} advance how far x has come in its range; empty: it has none
 * @property {number} points of series, and rows of images
 * @property {Imaged} [image]
 * @property {number} pointsPerSecond
 * @property {number} framesPerSecond
 * @property {number} latency milliseconds; NaN: not known
 * @property {number} conflated
 * @property {number} [thinned] points in sight of scatters of which some are drawn
 * @property {number} [counted] points in sight that are counted by places
 * @property {Counts} counts
 * @property {string[]} notices
 * @property {boolean} guessedTimes x is shown as times, and nobody has said so
 * @property {import("../link/credentials.js").Access["way"]} way by which all comes
 * @property {string} proxy its address, where there is one
 * @property {import("../link/credentials.js").Access["saved"]} [saved]
 * @property {boolean} openLoop the relay does not hear the page while a cell runs
 */

/**
 * @typedef {import("../link/messages.js").Counts} Counts
 * @typedef {Pick<import("../image/columns.js").ImageColumns, "name" | "rows" | "bins" | "began">
 *   } Imaged
 */

const LOSSES = {
  missing:
    "points that a producer sent and the relay never got: " +
    "the producer was killed, or its connection broke",
  dropped:
    "points that a producer gave up because the relay could not keep up; " +
    'zwsnb.start(on_full="block") waits instead',
  late: "points that came so late that their place was no longer held",
  runs: "past runs that had to make room for newer ones: the newest 20 of a name are kept",
  gaps: "points whose y was NaN or infinite: drawn as gaps",
  refused: "messages that were no points: x and y must be finite numbers, names short",
  errors: "messages that an error of zwsnb itself has cost: its log says which",
};

const STATES = {
  connecting: "the page has not heard from the relay yet",
  live: "new points are drawn as they come",
  silent:
    "the relay does not answer: its program is stopped or busy, or the network is down; " +
    "the picture is the last one, and goes on when it answers",
  paused: "the picture stands still; points go on arriving, and nothing is lost",
  "looking back": "you look at what has been; new points arrive unseen, and Esc leads back to them",
  reconnecting: "the connection is lost, and the page tries again by itself; a click tries at once",
  ended: "the plot was closed or the service has stopped: the picture is the last one",
  refused: "the relay does not let this page in; the sentence says what to do",
  saved: "this is a file, with the plot as it was then: nothing new comes",
};

const ALL = "all extremes drawn";
const NEWEST = "newest dots drawn";
const COUNTED = "counts drawn";
const LATER = "zoom refines when the cell ends";

const FIGURES = {
  "to go": "how much of the range of x is filled, and how long the rest takes at the pace of late",
  "waiting for":
    "what the trigger does: it waits for a crossing, or it was triggered; stopped: that was the " +
    "single sweep that it was armed for",
  points: "what the plot has taken so far",
  "/s": "points, or rows of an image, per second, over the last two seconds",
  fps: "pictures drawn per second: one for each change, none without",
  ms: "from publishing a point to painting it: the median of the last 64 updates",
  [ALL]:
    "so many points share columns of pixels with others: " +
    "of each column the first, lowest, highest and last are drawn, so that nothing is missing",
  [COUNTED]:
    "so many points are in sight, more than there is room for: " +
    "a colour says how many are in its place; zoom in to see each",
  [NEWEST]:
    "so many points are in sight, more than there is room for: " +
    "of those that lie on one another the newest are drawn; zoom in to see all",
  "by proxy": "the page comes through a proxy, not directly from the kernel's machine",
  "by the notebook": "all comes by the notebook's own connection to its kernel",
  "in the file":
    "what of the points this file holds: the newest ones, and of those before them the first, " +
    "lowest, highest and last of each part; \u2248 is before what is not known exactly",
  [LATER]: "the kernel does not hear the page while the cell runs; ten updates a second come still",
  "x as times": "x looks like seconds since 1970; time=False shows its numbers, time=True says it",
};

/**
 * The words of the line and what they mean.
 * @type {{title: string, rows: import("../input/keymap.js").Row[]}[]}
 */
export const WORDS = [
  { title: "States", rows: rowsOf(STATES) },
  { title: "Figures", rows: rowsOf(FIGURES) },
  { title: "Losses", rows: rowsOf(LOSSES) },
];

/** @type {Record<string, string>} */
const EXPLAINED = LOSSES;
/** What they are called beside their number: of one, and of more. @type {Record<string, string[]>} */
const NAMES = {
  runs: ["past run removed", "past runs removed"],
  gaps: ["gap", "gaps"],
  errors: ["error", "errors"],
};

export class StatusLine {
  #state = make("span", "state");
  #trigger = make("span", "triggered");
  #advance = make("span", "advance");
  #points = make("span", "points");
  #rate = make("span", "rate");
  #frames = make("span", "frames");
  #latency = make("span", "latency");
  #columns = make("span", "columns");
  #way = make("span", "proxy");
  #later = make("span", "later");
  #times = make("span", "times");
  #losses = make("span", "losses");
  #notice = make("span", "notice");

  /** @param {HTMLElement} element */
  constructor(element) {
    this.element = element;
    element.replaceChildren(
      this.#state,
      this.#trigger,
      this.#advance,
      this.#points,
      this.#rate,
      this.#frames,
      this.#latency,
      this.#columns,
      this.#way,
      this.#later,
      this.#times,
      this.#losses,
      this.#notice,
    );
    this.#trigger.title = FIGURES["waiting for"];
    this.#advance.title = FIGURES["to go"];
    this.#points.title = FIGURES.points;
    this.#rate.title = FIGURES["/s"];
    this.#frames.title = FIGURES.fps;
    this.#latency.title = FIGURES.ms;
    this.#later.title = FIGURES[LATER];
    this.#times.title = FIGURES["x as times"];
  }

  /** @param {Report} report */
  #showWay({ way, proxy, saved }) {
    const held = saved && !saved.isWhole ? `${formatCount(saved.points)} ${way}` : "";
    setText(this.#way, saved ? held : way === "directly" ? "" : way);
    if (way !== "directly") setTitle(this.#way, `${FIGURES[way]}${proxy && `: ${proxy}`}`);
  }

  /** What is drawn of many points. @param {Report} report */
  #showColumns({ conflated, thinned = 0, counted = 0 }) {
    const drawn = /** @type {const} */ ([
      [thinned, NEWEST],
      [counted, COUNTED],
      [conflated, ALL],
    ]);
    const [count, text] = drawn.find(([count]) => count > 0) ?? [0, ALL];
    setText(this.#columns, count > 0 ? text : "");
    if (count > 0) setTitle(this.#columns, `${formatCount(count)}: ${FIGURES[text]}`);
  }

  /** @param {Report} report */
  update(report) {
    this.element.dataset.state = report.state.replace(" ", "-");
    setText(this.#state, stateSentence(report));
    setTitle(this.#state, stateTitle(report));
    setText(this.#trigger, report.trigger);
    setText(this.#advance, report.advance);
    setText(this.#points, takenSentence(report));
    setText(
      this.#rate,
      report.pointsPerSecond >= 0.05 ? `${formatRate(report.pointsPerSecond)}/s` : "",
    );
    setText(
      this.#frames,
      report.framesPerSecond >= 0.5 ? `${Math.round(report.framesPerSecond)} fps` : "",
    );
    setText(this.#latency, report.latency >= 0 ? `${Math.round(report.latency)} ms` : "");
    this.#showColumns(report);
    this.#showWay(report);
    setText(this.#later, report.openLoop ? LATER : "");
    setText(this.#times, report.guessedTimes ? "x as times" : "");
    setText(this.#losses, lossesSentence(report.counts));
    setTitle(this.#losses, explanation(report));
    setText(this.#notice, report.notices.at(-1) ?? "");
    setTitle(this.#notice, report.notices.join("\n"));
  }
}

/** @param {Pick<Report, "state" | "reason" | "seconds" | "silence" | "waiting" | "saved">} report */
export function stateSentence({ state, reason, seconds, silence = 0, waiting, saved }) {
  switch (state) {
    case "silent":
      return `no answer for ${Math.round(silence)} s`;
    case "paused":
      return waiting ? `paused, ${formatCount(waiting)} waiting` : "paused";
    case "reconnecting":
      return seconds === null || seconds < 0.5
        ? "reconnecting…"
        : `reconnecting in ${Math.round(seconds)} s`;
    case "connecting":
      return "connecting…";
    case "ended":
      return `ended: ${reason}`;
    case "refused":
      return reason;
    case "saved":
      return `saved ${saved ? timeText(new Date(1000 * saved.at)) : ""}`;
    default:
      return state;
  }
}

/** What the plot has taken. @param {Pick<Report, "points" | "image">} report */
export function takenSentence({ points, image }) {
  const { rows, bins, began } = image?.name ? image : { rows: 0, bins: 0, began: 0 };
  const [own, its] = [points - rows, rows - began];
  return [
    own > 0 ? counted(own, "point") : "",
    its > 0 ? `${counted(its, "row")} of ${counted(bins, "value")}` : "",
  ]
    .filter(Boolean)
    .join(", ");
}

/** @param {Counts} counts */
export function lossesSentence(counts) {
  const parts = Object.entries(counts)
    .map(([kind, count]) => ({ kind, total: totalOf(count) }))
    .filter(({ kind, total }) => kind !== "conflated" && total > 0);
  return parts.map(({ kind, total }) => `${formatCount(total)} ${nameOf(kind, total)}`).join(" · ");
}

/** @param {string} kind @param {number} total */
function nameOf(kind, total) {
  const [one, more] = NAMES[kind] ?? [kind, kind];
  return total === 1 ? one : more;
}

/** @param {Report} report */
function explanation({ counts }) {
  return Object.entries(counts)
    .filter(([kind]) => kind in EXPLAINED)
    .map(([kind, count]) => `${kind}: ${EXPLAINED[kind]}${detailsOf(count)}`)
    .join("\n");
}

/** @param {Record<string, string>} words @returns {import("../input/keymap.js").Row[]} */
function rowsOf(words) {
  return Object.entries(words).map(([word, what]) => [[word], what]);
}

/** What the state means, and why it is so. @param {Pick<Report, "state" | "reason">} report */
export function stateTitle({ state, reason }) {
  return reason ? `${reason}\n(${state}: ${STATES[state]})` : `${state}: ${STATES[state]}`;
}

/** @param {number | Record<string, number>} count */
function totalOf(count) {
  return typeof count === "number"
    ? count
    : Object.values(count).reduce((sum, one) => sum + one, 0);
}

/** @param {number | Record<string, number>} count */
function detailsOf(count) {
  if (typeof count === "number") return "";
  return ` (${Object.entries(count)
    .map(([kind, one]) => `${kind}: ${one}`)
    .join(", ")})`;
}

/** @param {number} count @param {string} noun */
function counted(count, noun) {
  return `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`;
}
