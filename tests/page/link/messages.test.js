import assert from "node:assert/strict";
import { test } from "node:test";
import { viewMessage } from "../../../static/link/messages.js";
import { initialView } from "../../../static/view/state.js";

const VIEWS = [
  [initialView(20), { mode: "follow", window: 20 }],
  [initialView(null), { mode: "all" }],
  [
    { ...initialView(20), mode: "range", from: 25, to: 75 },
    { mode: "range", from: 25, to: 75 },
  ],
];
for (const [view, expected] of VIEWS)
  test(`the relay is told of ${expected.mode}, and of nothing else`, () =>
    assert.deepEqual(viewMessage(view, 812.4, true), {
      type: "view",
      width: 812,
      paused: true,
      ...expected,
    }));

test("a plot without any width asks for a pixel", () =>
  assert.equal(viewMessage(initialView(null), 0.2, false).width, 1));
