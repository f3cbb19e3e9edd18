import assert from "node:assert/strict";
import { test } from "node:test";
import { document, layOut, send } from "../support/dom.js";
import { MorePanels } from "../../../static/picture/more_panels.js";

function moreOf() {
  const plot = document.body.appendChild(document.createElement("div"));
  const stack = plot.appendChild(document.createElement("div"));
  layOut(stack, { width: 500, height: 200 });
  const more = new MorePanels(stack);
  plot.append(more.element);
  return { plot, stack, more };
}

const boxAt = (top) => ({ left: 0, top, width: 400, height: 50 });

test("it counts the plot areas that are not seen whole", () => {
  const { more } = moreOf();
  more.update([boxAt(0), boxAt(70), boxAt(140), boxAt(210)], 180);
  assert.deepEqual([more.element.hidden, more.element.textContent], [false, "▾ 2 more"]);
});

test("it is not there where all are seen, or there is one", () => {
  const { more } = moreOf();
  const hidden = [[boxAt(0), boxAt(70)], [boxAt(170)]].map((boxes) => {
    more.update(boxes, 180);
    return more.element.hidden;
  });
  assert.deepEqual(hidden, [true, true]);
});

test("it leads to them, and its press is none on the plot", () => {
  const { plot, stack, more } = moreOf();
  const happened = [];
  for (const type of ["pointerdown", "click"])
    plot.addEventListener(type, () => happened.push(type));
  stack.scrollBy = ({ top }) => happened.push(`scrolls ${top}`);
  for (const type of ["pointerdown", "click"]) send(more.element.firstChild, type);
  assert.deepEqual(happened, ["scrolls 100"]);
});
