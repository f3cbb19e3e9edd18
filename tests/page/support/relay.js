/** A relay for the page: a WebSocket that opens when a test says so, and remembers what it was sent. */
import { makePatch } from "./patches.js";
import { itemOf } from "./lines.js";

export const HELLO = {
  type: "hello",
  version: 1,
  plot: "run",
  options: {},
  clock: 1000,
  zwsnb: "1",
  edits: true,
};

export class FakeSocket {
  readyState = 0;
  /** Messages of the page. @type {object[]} */
  sent = [];

  /** @param {string} address @param {string[]} protocols */
  constructor(address, protocols) {
    this.address = address;
    this.protocols = protocols;
  }

  /** @param {string} text */
  send(text) {
    this.sent.push(JSON.parse(text));
  }

  close() {
    this.readyState = 3;
  }

  /** @param {object | ArrayBuffer} message */
  say(message) {
    this.onmessage({ data: message instanceof ArrayBuffer ? message : JSON.stringify(message) });
  }

  /** The relay lets the page in. @param {object} options of the plot */
  greet(options = {}) {
    this.readyState = 1;
    this.onopen();
    this.say({ ...HELLO, options });
  }

  /** Points of series, by their names: x, y, x, y, ... @param {Record<string, number[]>} points @param {object} head */
  publish(points, head = {}) {
    const names = Object.keys(points);
    this.say({ type: "series", series: names.map((name, id) => itemOf(name, id)) });
    const xs = Object.values(points).flatMap((its) => its.filter((_, i) => i % 2 === 0));
    const entries = names.map((name, id) => ({
      id,
      vertices: points[name],
      points: points[name].length / 2,
      lastX: points[name].at(-2),
      lastY: points[name].at(-1),
    }));
    const count = xs.length;
    const ends = { xMin: Math.min(...xs), xMax: Math.max(...xs), points: count };
    this.say(makePatch({ number: 1, fresh: true, ...ends, ...head }, entries));
  }

  /** @param {number} code @param {string} reason */
  end(code, reason) {
    this.readyState = 3;
    this.onclose({ code, reason });
  }

  /** What the page has sent of a type. @param {string} type */
  of(type) {
    return this.sent.filter((one) => one.type === type);
  }
}
