/** A widget's model without a notebook: what views send is kept, what the kernel says is the test's. */

/** @param {object} state its traits @param {object} more of the model */
export function fakeModel(state = {}, more = {}) {
  const listeners = new Map();
  const heardBy = (name) => listeners.get(name) ?? new Set();
  const model = {
    /** Messages of the views. @type {object[]} */
    sent: [],
    get: (name) => state[name],
    on(name, heard) {
      listeners.set(name, heardBy(name).add(heard));
    },
    off: (name, heard) => heardBy(name).delete(heard),
    send: (message) => model.sent.push(message),
    emit(name, ...words) {
      for (const heard of [...heardBy(name)]) heard(...words);
    },
    /** The kernel says something. @param {object} message @param {DataView[]} buffers */
    say: (message, buffers = []) => model.emit("msg:custom", message, buffers),
    /** @param {string} name @param {unknown} value */
    set(name, value) {
      state[name] = value;
      model.emit(`change:${name}`);
    },
    /** The name of the view that has opened last. */
    get view() {
      return model.sent.findLast(({ open }) => open !== undefined)?.view;
    },
    get listeners() {
      return [...listeners.values()].reduce((sum, all) => sum + all.size, 0);
    },
  };
  return Object.defineProperties(model, Object.getOwnPropertyDescriptors(more));
}

/** A part of a larger message, at an odd offset. @param {ArrayBuffer} buffer */
export function partOf(buffer) {
  const larger = new Uint8Array(buffer.byteLength + 6);
  larger.set(new Uint8Array(buffer), 3);
  return new DataView(larger.buffer, 3, buffer.byteLength);
}

/** What was promised has been done. */
export const settled = () => new Promise((done) => setImmediate(done));
