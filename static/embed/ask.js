/**
 * Asks at an address whether this kernel's service is there. Only it has the answer, to another
 * question each time, so nothing of another program is shown, and none is told the ticket, not even
 * that of somebody who has a copy of the notebook. It is asked by a WebSocket, for the page needs
 * one; HTTP is asked only where none answers, to say what is wrong.
 */
import { questionTo } from "./exchange.js";

/**
 * @typedef {object} Env
 * @property {(address: string) => WebSocket} open
 * @property {(address: string, options: RequestInit) => Promise<Response>} fetch
 * @property {(action: () => void, milliseconds: number) => unknown} later
 *
 * @typedef {object} Outcome
 * @property {"found" | "silent" | "refused" | "blocked" | "other" | "led" | "absent" |
 *   "unreached"} what
 *   silent: nothing has come in time; refused: nothing listens; blocked: no WebSocket passes;
 *   other: another program; absent: there is no such address; unreached: a proxy reaches nothing
 * @property {string} says the end of a sentence: the place does not answer
 */

/** Milliseconds for all that is asked at one place. */
export const PATIENCE = 1_400;

/** @type {Outcome} */
export const SILENT = { what: "silent", says: `has not answered within ${PATIENCE / 1000} s` };

/**
 * @param {{address: string}} place
 * @param {Pick<import("./places.js").Output, "ask" | "key">} output
 * @param {Env} env
 * @returns {Promise<Outcome>}
 */
export function askAt({ address }, { ask, key }, env) {
  const { point, answer } = questionTo(key);
  const asked = `${address}alive?ask=${ask}&point=${point}`;
  return new Promise((settle) => {
    const socket = open(asked, env);
    let heard = "";
    const end = (/** @type {Outcome} */ outcome) => {
      settle(outcome);
      socket?.close();
    };
    env.later(() => end(SILENT), PATIENCE);
    if (!socket) return void reasonOf(asked, answer, env).then(end);
    socket.onmessage = ({ data }) => {
      heard = String(data);
      end(outcomeOf(heard, answer));
    };
    socket.onclose = () => {
      if (!heard) void reasonOf(asked, answer, env).then(end);
    };
  });
}

/** A page of https may not even try ws: to some addresses. @param {string} address @param {Env} env */
function open(address, env) {
  try {
    return env.open(address.replace(/^http/, "ws"));
  } catch {
    return null;
  }
}

/** @param {string} heard @param {string} answer @returns {Outcome} */
function outcomeOf(heard, answer) {
  if (heard === answer) return { what: "found", says: "" };
  if (heard.startsWith(`${answer} `))
    return { what: "blocked", says: `refuses: ${heard.slice(answer.length + 1)}` };
  return { what: "other", says: "is another program" };
}

/**
 * Why no WebSocket has answered.
 * @param {string} address @param {string} answer @param {Env} env
 * @returns {Promise<Outcome>}
 */
async function reasonOf(address, answer, env) {
  // Of another origin it can only be seen whether anything answers at all.
  const mode = new URL(address).origin === location.origin ? "same-origin" : "no-cors";
  const found = await env.fetch(address, { mode, cache: "no-store" }).catch(() => null);
  if (!found) return { what: "refused", says: "does not answer" };
  if (found.type === "opaque") return { what: "other", says: "is not this kernel's" };
  // As Voila does with what it does not know, and a server with who has not logged in.
  if (found.redirected) return { what: "led", says: `leads to ${new URL(found.url).pathname}` };
  if (found.status === 404) return { what: "absent", says: "answers 404" };
  if (found.status >= 500) return { what: "unreached", says: `answers ${found.status}` };
  const text = await found.text().catch(() => "");
  if (text === answer) return { what: "blocked", says: "lets no WebSocket through" };
  return { what: "other", says: `is another program (it answers ${found.status})` };
}
