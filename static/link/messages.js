/**
 * The JSON messages between the page and the relay; docs/protocol.md, section 2, describes them.
 */

/**
 * @typedef {Record<string, number | Record<string, number>>} Counts of what was lost, by kind;
 *   where a kind has several reasons, by reason
 *
 * @typedef {{x: number, text: string}} Mark
 *
 * @typedef {object} Point the point of a series whose x is nearest
 * @property {number} id of the series
 * @property {number} x
 * @property {number | null} y null: a gap
 * @property {boolean} exact false: those points are no longer held
 *
 * @typedef {object} Cell of an image, at the row whose x is nearest
 * @property {number} x
 * @property {number} y its middle
 * @property {number | string | null} value null: there is none; a text where it is infinite
 * @property {boolean} exact false: it is the highest of several rows, which are no longer held
 * @property {number} began of which image it is, as an image patch says it
 *
 * @typedef {object} Statistics of a series in a range of x
 * @property {number} id
 * @property {number} count
 * @property {number} gaps
 * @property {number | null} mean
 * @property {number | null} min
 * @property {number | null} max
 * @property {number | null} sd
 * @property {boolean} complete false: some points are no longer held
 *
 * @typedef {object} Hello
 * @property {"hello"} type
 * @property {number} version of the protocol
 * @property {string} plot
 * @property {object} options
 * @property {string[]} [guessed] names of options that nobody has said
 * @property {number} [origin] from where x are counted, in whole seconds since 1970
 * @property {string} service the relay's name for itself, another at each start
 * @property {number} clock the relay's, in seconds
 * @property {boolean} edits may the page rename and remove series, and steer?
 * @property {string} [editor] the ticket that does, for the page that has claimed it
 * @property {import("../tab/again.js").Again} [again] what it is to ask before it connects again
 *
 * @typedef {object} SeriesItem a series, which is a run of what was published
 * @property {number} id
 * @property {string} name by which it is told from the others
 * @property {string} of what was published
 * @property {string} run the name that it was published for, or empty
 * @property {number} number counts past runs; 0: it is the current one
 * @property {number | null} cell the notebook cell in which it began
 * @property {number} slot the number of its colour
 * @property {number} [smooth] the weight by which it is smoothed by hand; 0: it is not
 * @property {string} [source] the published name from which it is derived
 * @property {string} [derived] by which expression
 *
 * @typedef {{type: "series", series: SeriesItem[]}} SeriesMessage
 * @typedef {{type: "options", options: object, guessed?: string[], origin?: number}}
 *   OptionsMessage
 * @typedef {{type: "marks", first: number, marks: Mark[]}} MarksMessage
 * @typedef {{type: "status", counts?: Counts, notices?: string[]}} StatusMessage
 * @typedef {{text: string, part: number | null}} Bar how far a loop is, in words and as a part of 1
 * @typedef {{type: "progress", bars: Bar[]}} ProgressMessage
 * @typedef {number | boolean | string} ControlValue
 * @typedef {{kind: "slider", name: string, value: number, low: number, high: number, step: number,
 *   log: boolean}} SliderItem step 0: any number
 * @typedef {{kind: "switch", name: string, value: boolean}} SwitchItem
 * @typedef {{kind: "choice", name: string, value: string, choices: string[]}} ChoiceItem
 * @typedef {{kind: "button", name: string, value: number}} ButtonItem value: how often it was
 *   pressed
 * @typedef {SliderItem | SwitchItem | ChoiceItem | ButtonItem} ControlItem
 * @typedef {{type: "controls", controls: ControlItem[]}} ControlsMessage all that there are
 * @typedef {"click" | "cross" | "select"} WatchKind what a program may be told of
 * @typedef {{type: "listens", to: WatchKind[]}} ListensMessage what programs are told of by now
 *
 * @typedef {object} Alert a series has crossed a level, with its point x, y
 * @property {string} name what is said of it
 * @property {string} series that was published
 * @property {string} run the name that it was published for, or empty
 * @property {number} x
 * @property {number} y
 * @property {number} time when the relay saw it, by its clock
 *
 * @typedef {{type: "alerts", first: number, alerts: Alert[]}} AlertsMessage first: the number of
 *   the first of them
 * @typedef {import("../view/sweeps.js").State} TriggerState
 * @typedef {{type: "trigger", state: TriggerState}} TriggerMessage
 * @typedef {{type: "sweep", first: number} & ({number: null} | {number: number, x: number,
 *   from: number, to: number})} SweepMessage of what the next patch is; x: that of the trigger;
 *   first: the number of the first one that the relay has not forgotten
 * @typedef {{type: "clock", sent: number, clock: number}} ClockAnswer
 * @typedef {{type: "read", id: number, x: number, points: Point[], y?: number,
 *   cell?: Cell | null}} ReadAnswer cell: at the y that was asked for
 * @typedef {{type: "measure", id: number, from: number, to: number, series: Statistics[]}}
 *   MeasureAnswer
 * @typedef {ReadAnswer | MeasureAnswer} Answer
 *
 * @typedef {{type: "end", reason: string}} EndMessage
 *
 * @typedef {{type: "ping", number: number, open?: boolean}} Ping to be answered at once, whatever
 *   is painted
 * @typedef {{type: "pace", open: boolean}} Pace open: the kernel does not hear while its cell runs
 *
 * @typedef {{type: "picture", id: number}} PictureRequest what is seen is wanted as a PNG
 *
 * @typedef {Hello | SeriesMessage | OptionsMessage | MarksMessage | StatusMessage | ProgressMessage |
 *   ControlsMessage | ListensMessage | AlertsMessage | TriggerMessage | SweepMessage | ClockAnswer |
 *   Answer | EndMessage | Ping | Pace | PictureRequest} RelayMessage
 */

/**
 * @typedef {{type: "read", x: number, y?: number} | {type: "measure", from: number, to: number,
 *   selected?: true}} Request selected: the reader has just selected that range
 * @typedef {{mode: "follow", window: number | null} | {mode: "all"}
 *   | {mode: "range", from: number, to: number}} Range
 * @typedef {{type: "view", width: number, height?: number, paused: boolean} & Range} ViewMessage
 * @typedef {{type: "rename", id: number, to: string} | {type: "remove", id: number}
 *   | {type: "smooth", id: number, weight: number}} Edit
 * @typedef {{type: "steer", name: string, value?: ControlValue, released?: boolean}} Steer released:
 *   the hand has left it
 * @typedef {{type: "click", x: number, y: number, point?: {id: number, x: number, y: number}}} Click
 *   point: that of a series which is near
 * @typedef {{type: "trigger", trigger: Partial<import("./options.js").Trigger>}} SetTrigger
 * @typedef {ViewMessage | Steer | SetTrigger | Click | {type: "ack", patch: number} | {type: "clock", sent: number}
 *   | {type: "pong", number: number, patch: number}
 *   | {type: "picture", id: number, png: string | null, width: number, height: number}
 *   | Edit | (Request & {id: number})} PageMessage
 */

/**
 * @param {Pick<import("../view/state.js").View, "mode" | "window" | "from" | "to">} view
 * @param {number} width of the plot in device pixels
 * @param {boolean} paused the relay need send nothing
 * @returns {ViewMessage}
 */
export function viewMessage({ mode, window, from, to }, width, paused) {
  const base = /** @type {const} */ ({ type: "view", width: Math.max(1, Math.round(width)) });
  if (mode === "follow") return { ...base, mode, window, paused };
  if (mode === "range") return { ...base, mode, from, to, paused };
  return { ...base, mode, paused };
}
