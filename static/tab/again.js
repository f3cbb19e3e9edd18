/**
 * Who has the relay's address now? When a connection is lost another program may have taken the port,
 * another user's too. So before a page brings its key once more, it asks what only its own relay can
 * answer. That has told it question and answer when it let it in, others each time: who hears the
 * question has no answer, and before anybody could get one the page has another question.
 */

/**
 * @typedef {object} Again what to ask before the key is brought again
 * @property {string} ask which service is meant
 * @property {string} of the question
 * @property {string} answer
 *
 * @typedef {object} Asked
 * @property {boolean} isOurs
 * @property {number} status 0: no answer at all
 */

export const STRANGE =
  "Another program answers at the relay's address, and is not told what opens the plot: show it again, or open the address that %zwsnb shows.";

/** Of what says that it is another service: its own words may be anybody's. */
export const OTHERS =
  "The page is not this server's, perhaps an earlier one's: take the address that %zwsnb shows now.";

/**
 * Milliseconds. Who is stopped takes the question, and never answers; a relay that its cell holds up
 * answers when that is over.
 */
const ANSWERS_WITHIN = 30_000;

/** The header by which a page that has no WebSocket is told. */
const HEADER = "X-Zwsnb-Again";

/**
 * @param {Again} again
 * @param {(query: Record<string, string>) => string} alive the address to ask at, without a key
 * @param {(address: string, signal: AbortSignal) => Promise<Pick<Response, "status" | "body">>} fetch
 * @returns {Promise<Asked>}
 */
export async function askAgain({ ask, of, answer }, alive, fetch) {
  const found = await fetch(alive({ ask, of }), AbortSignal.timeout(ANSWERS_WITHIN)).catch(
    () => null,
  );
  const text = await beginningOf(found?.body, answer.length).catch(() => "");
  return { isOurs: text === answer, status: found?.status ?? 0 };
}

/**
 * What is not ours may have no end, so not much more is read than there would be of ours.
 * @param {ReadableStream<Uint8Array<ArrayBuffer>> | null | undefined} body
 * @param {number} length in characters
 */
async function beginningOf(body, length) {
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (;;) {
    const { value } = (await reader?.read()) ?? {};
    if (value === undefined) return text;
    text += value;
    if (text.length > length) {
      void reader?.cancel();
      return text;
    }
  }
}

/** @param {Headers} headers of an answer @returns {Again | null} */
export function againOf(headers) {
  const [ask, of, answer] = headers.get(HEADER)?.split(" ") ?? [];
  return ask && of && answer ? { ask, of, answer } : null;
}

/**
 * @param {string | URL} page its address
 * @returns {(query: Record<string, string>) => string}
 */
export function aliveOf(page) {
  return (query) => {
    const address = new URL("alive", page);
    address.search = String(new URLSearchParams(query));
    return address.href;
  };
}
