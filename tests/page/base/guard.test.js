import assert from "node:assert/strict";
import { test } from "node:test";
import { faults, guarded } from "../../../static/base/guard.js";

const fail = () => {
  throw new Error("no such digit");
};

test("what works is what it gives", () => {
  assert.equal(
    guarded("a part", () => 7, 0),
    7,
  );
  assert.equal(faults(), 0);
});

test("what fails gives something else, is said once for each part, and is counted", (t) => {
  const { mock } = t.mock.method(console, "error", () => {});
  assert.deepEqual([guarded("the readout", fail, 3), guarded("the readout", fail)], [3, undefined]);
  guarded("the words", fail);
  assert.equal(faults(), 3);
  assert.deepEqual(
    mock.calls.map(({ arguments: [text, error] }) => [text, error.message]),
    [
      ["zwsnb: without the readout:", "no such digit"],
      ["zwsnb: without the words:", "no such digit"],
    ],
  );
});
