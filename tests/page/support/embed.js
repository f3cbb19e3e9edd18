/** A browser for the script of a notebook's output: its sockets, time and HTTP answers are the test's. */

import { times } from "../../../static/embed/exchange.js";

const SECRET = 2n ** 254n + 8n;

/** Of a service. */
export const KEY = times(SECRET, 9n);

/** What that answers to a question. @param {string} address */
export function answerAt(address) {
  const point = new URL(address).searchParams.get("point");
  return times(SECRET, BigInt(`0x${point}`));
}

/** An address without what was made up for it. @param {string} address */
export const plain = (address) => address.replace(/&point=[0-9a-f]{1,64}$/, "");

/**
 * @param {{status?: number, text?: string | ((address: string) => string), opaque?: boolean, ledTo?: string}} answer
 *   status 0: nothing answers; ledTo: the path of another page that does
 */
export function fakeEnv({ status = 0, text = "", opaque = false, ledTo = "" } = {}) {
  const env = { sockets: [], timers: [], fetched: [], clock: 0 };
  return Object.assign(env, {
    open(address) {
      const socket = { address, closed: false, close: () => (socket.closed = true) };
      env.sockets.push(socket);
      return socket;
    },
    async fetch(address, { mode }) {
      env.fetched.push([address, mode]);
      if (status === 0) throw new TypeError("Failed to fetch");
      return opaque
        ? { type: "opaque", status: 0 }
        : {
            type: "basic",
            status,
            text: async () => (typeof text === "string" ? text : text(address)),
            redirected: ledTo !== "",
            url: `${location.origin}${ledTo}`,
          };
    },
    later: (action, milliseconds) => env.timers.push({ action, at: env.clock + milliseconds }),
    /** @param {number} milliseconds */
    pass(milliseconds) {
      env.clock += milliseconds;
      for (const timer of env.timers.splice(0))
        timer.at <= env.clock ? timer.action() : env.timers.push(timer);
    },
  });
}

/** What was promised has been done. */
export const settled = () => new Promise((done) => setImmediate(done));

/**
 * A frame that a browser has just put into its page: it is empty.
 * @param {HTMLIFrameElement} frame
 * @returns {string[]} addresses to which it is led
 */
export function beginFrame(frame) {
  const led = [];
  const location = { replace: (address) => led.push(address) };
  Object.defineProperties(frame, {
    contentDocument: { value: { URL: "about:blank" }, configurable: true },
    contentWindow: { value: { location }, configurable: true },
  });
  frame.dispatchEvent(new Event("load"));
  return led;
}
