/**
 * What opens the page: the token, for all there is; or a ticket, to look at its plot. The first
 * page that an output shows exchanges its claim for an editor, a ticket that renames and removes
 * series too; the tab remembers it.
 *
 * A WebSocket sends its key as a subprotocol: a proxy writes addresses into its log.
 */
import { aliveOf } from "../tab/again.js";
import { VERSION } from "./wire.js";

/**
 * @typedef {object} Access how a page reaches its relay, and what of that it may show
 * @property {string} plot that is asked for; empty: whichever the relay gives
 * @property {string} socket
 * @property {string[]} protocols of the next connection
 * @property {string} probe an address that says how the plot is
 * @property {(query: Record<string, string>) => string} [alive] the address that says who answers;
 *   none where nobody else could
 * @property {(query: Record<string, string>, brief?: string) => string} csv its address; brief: what
 *   opens it in place of the page's key, for a minute
 * @property {((query: Record<string, string>) => string) | null} html the address of the plot as a
 *   page to be saved; null: it is one
 * @property {"directly" | "by proxy" | "by the notebook" | "in the file"} way by which all comes
 * @property {string} proxy its address, where there is one
 * @property {(editor: string) => void} remember what the claim has got: it opens the next connection
 * @property {Shared | null} shared null: no address leads here
 * @property {Saved} [saved] of a page that was saved as a file
 *
 * @typedef {object} Shared what may be given away
 * @property {string} address of the plot
 * @property {string | null} plots the address of all plots; null: this page does not reach them
 *
 * @typedef {object} Saved what is in the file
 * @property {number} at when it was saved, in seconds since 1970
 * @property {number} points that it holds
 * @property {boolean} isWhole those are all that there were
 *
 * @typedef {import("../tab/kept_token.js").Memory} Memory
 */

const PROTOCOL = "zwsnb";
const REMEMBERED = "zwsnb-editor ";

/**
 * @param {string} page its address: any prefix of a proxy stays
 * @param {Memory} memory
 * @returns {Access}
 */
export function accessOf(page, memory) {
  const proxy = proxyOf(page);
  /** @type {Access} */
  const access = {
    plot: plotOf(page).plot ?? "",
    socket: socketOf(page),
    protocols: protocolsOf(page, memory),
    probe: route("plot", page),
    alive: aliveOf(page),
    csv: (query, brief) => route("csv", page, query, brief === undefined ? keyOf(page) : { brief }),
    html: (query) => route("html", page, query),
    way: proxy ? "by proxy" : "directly",
    proxy,
    remember(editor) {
      access.protocols = protocolsOfTicket(editor);
      memory.set(REMEMBERED + (keysOf(page).ticket ?? ""), editor);
    },
    shared: { address: plainAddress(page), plots: plotsAddress(page) },
  };
  return access;
}

/** @param {string} page */
function socketOf(page) {
  const { plot } = plotOf(page);
  const socket = new URL("ws", page);
  socket.protocol = socket.protocol === "https:" ? "wss:" : "ws:";
  socket.search = String(
    new URLSearchParams({ ...(plot !== undefined && { plot }), v: String(VERSION) }),
  );
  return socket.href;
}

/** @param {string} page @param {Memory} memory */
function protocolsOf(page, memory) {
  const { token, ticket, claim } = keysOf(page);
  if (ticket === undefined) return [PROTOCOL, `token.${token ?? ""}`];
  const editor = memory.get(REMEMBERED + ticket);
  if (editor !== null) return protocolsOfTicket(editor);
  return [...protocolsOfTicket(ticket), ...(claim === undefined ? [] : [`claim.${claim}`])];
}

/** @param {string} ticket */
function protocolsOfTicket(ticket) {
  return [PROTOCOL, `ticket.${ticket}`];
}

/**
 * The address of a route of this page's plot.
 * @param {string} path
 * @param {string} page
 * @param {Record<string, string>} more of its query
 * @param {Record<string, string>} key
 */
function route(path, page, more = {}, key = keyOf(page)) {
  const address = new URL(path, page);
  address.search = String(new URLSearchParams({ ...key, ...plotOf(page), ...more }));
  return address.href;
}

/** What opens the routes of its plot. @param {string} page @returns {Record<string, string>} */
function keyOf(page) {
  const { token, ticket } = keysOf(page);
  return ticket === undefined ? { token: token ?? "" } : { ticket };
}

/** Only a page that has the token reaches all plots. @param {string} page */
function plotsAddress(page) {
  const { token } = keysOf(page);
  if (token === undefined) return null;
  const address = new URL("plots", page);
  address.search = String(new URLSearchParams({ token }));
  return address.href;
}

/**
 * The address to give away: what is only for this frame is not in it.
 * @param {string} page
 */
function plainAddress(page) {
  const address = new URL(page);
  for (const name of ["theme", "claim"]) address.searchParams.delete(name);
  return address.href;
}

/**
 * The proxy's address that the page has come through; empty when it comes directly: the service
 * serves its page at the root, and speaks no TLS.
 * @param {string} page
 */
function proxyOf(page) {
  const { protocol, host, pathname } = new URL("./", page);
  return protocol === "http:" && pathname === "/" ? "" : `${host}${pathname}`;
}

/** @param {string} page @returns {{token?: string, ticket?: string, claim?: string}} */
function keysOf(page) {
  const given = new URL(page).searchParams;
  const keys = ["token", "ticket", "claim"].map((key) => [key, given.get(key)]);
  return Object.fromEntries(keys.filter(([, key]) => key !== null));
}

/** @param {string} page @returns {{plot?: string}} */
function plotOf(page) {
  const plot = new URL(page).searchParams.get("plot");
  return plot === null ? {} : { plot };
}
