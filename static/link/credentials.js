/**
 * What opens the page: the token, for all there is; or a ticket, to look at its plot. The first
 * page that an output shows exchanges its claim for an editor, a ticket that renames and removes
 * series too; the tab remembers it.
 *
 * A WebSocket sends its key as a subprotocol: a proxy writes addresses into its log.
 */
import { VERSION } from "./wire.js";

/**
 * @typedef {{socket: string, protocols: string[], probe: string}} Addresses
 * @typedef {object} Memory of this tab
 * @property {(key: string) => string | null} get
 * @property {(key: string, value: string) => void} set
 */

const PROTOCOL = "zwsnb";
const REMEMBERED = "zwsnb-editor ";

/**
 * @param {string} page its address: any prefix of a proxy stays
 * @param {Memory} memory
 * @returns {Addresses}
 */
export function addressesOf(page, memory) {
  const { plot } = plotOf(page);
  const socket = new URL("ws", page);
  socket.protocol = socket.protocol === "https:" ? "wss:" : "ws:";
  socket.search = String(
    new URLSearchParams({ ...(plot !== undefined && { plot }), v: String(VERSION) }),
  );
  return { socket: socket.href, protocols: protocolsOf(page, memory), probe: route("plot", page) };
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
 * The claim has got the page its editor, which opens the next connection.
 * @param {string} page
 * @param {Addresses} addresses
 * @param {string} editor
 * @param {Memory} memory
 */
export function remember(page, addresses, editor, memory) {
  addresses.protocols = protocolsOfTicket(editor);
  memory.set(REMEMBERED + (keysOf(page).ticket ?? ""), editor);
}

/**
 * The address of a route of this page's plot.
 * @param {string} path
 * @param {string} page
 * @param {Record<string, string>} more of its query
 */
export function route(path, page, more = {}) {
  const { token, ticket } = keysOf(page);
  const address = new URL(path, page);
  /** @type {Record<string, string>} */
  const key = ticket === undefined ? { token: token ?? "" } : { ticket };
  address.search = String(new URLSearchParams({ ...key, ...plotOf(page), ...more }));
  return address.href;
}

/** True for a page that has the token, and so reaches all plots. @param {string} page */
export function reachesAll(page) {
  return keysOf(page).token !== undefined;
}

/**
 * The address to give away: what is only for this frame is not in it.
 * @param {string} page
 */
export function plainAddress(page) {
  const address = new URL(page);
  for (const name of ["theme", "claim"]) address.searchParams.delete(name);
  return address.href;
}

/**
 * The proxy's address that the page has come through; empty when it comes directly: the service
 * serves its page at the root, and speaks no TLS.
 * @param {string} page
 */
export function proxyOf(page) {
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
