import assert from "node:assert/strict";
import { test } from "node:test";
import { byId, document, showPage } from "../support/dom.js";
import { ROOM, Room, tellingNotebook } from "../../../static/embed/room.js";

/** A room whose page is so many pixels high, of which the plot has some. */
function roomOf() {
  showPage("index.html");
  const told = [];
  const room = new Room(document.body, (wish) => told.push(wish));
  const layOutPage = (content, plot, scrolled = 0) => {
    define(document.body, { scrollHeight: content });
    define(byId("plot"), { clientHeight: plot });
    define(byId("controls"), { scrollHeight: 50 + scrolled, clientHeight: 50 });
  };
  return { room, told, layOutPage };
}

function define(element, sizes) {
  for (const [name, value] of Object.entries(sizes))
    Object.defineProperty(element, name, { value, configurable: true });
}

test("without points it takes what stands around the plot, and tells it when that changes", () => {
  const { room, told, layOutPage } = roomOf();
  layOutPage(360, 300);
  room.update(true, true);
  room.update(true, true);
  layOutPage(75, 0);
  room.update(true, true);
  layOutPage(360, 0, 20);
  room.update(true, true);
  assert.deepEqual(
    told.map(({ bare }) => bare),
    [60, 75, 360],
  );
});

test("with points it takes what it is given", () => {
  const { room, told, layOutPage } = roomOf();
  layOutPage(360, 300);
  room.update(false, true);
  assert.deepEqual(told, [{ bare: null, panels: 0 }]);
});

test("with several panels it says in how many pixels they are all seen", () => {
  const { room, told, layOutPage } = roomOf();
  layOutPage(360, 300);
  room.update(true, false, 500);
  for (const panels of [500, 500, 620]) room.update(false, false, panels);
  assert.deepEqual(told, [
    { bare: 60, panels: 0 },
    { bare: null, panels: 560 },
    { bare: null, panels: 680 },
  ]);
});

test("bars and controls stand alone until there are points", () => {
  const { room } = roomOf();
  const isBare = () => document.body.classList.contains("bare");
  const seen = [
    [true, false],
    [true, true],
    [false, true],
  ].map(([isEmpty, hasParts]) => {
    room.update(isEmpty, hasParts);
    return isBare();
  });
  assert.deepEqual(seen, [false, true, false]);
});

/** A frame in a notebook that may ask it. */
function frameOf() {
  const frame = Object.assign(new EventTarget(), { parent: {} });
  const ask = (data, source) => {
    const heard = [];
    const port = { postMessage: (pixels) => heard.push(pixels) };
    frame.dispatchEvent(Object.assign(new Event("message"), { data, source, ports: [port] }));
    return heard;
  };
  return { frame, ask };
}

test("the notebook around a frame is told, from what was told last on", () => {
  const { frame, ask } = frameOf();
  const tell = tellingNotebook(frame);
  const early = ask(ROOM, frame.parent);
  tell(40);
  const late = ask(ROOM, frame.parent);
  tell(null);
  assert.deepEqual([early, late], [[40], [40, null]]);
});

test("nobody else is told", () => {
  const { frame, ask } = frameOf();
  const tell = tellingNotebook(frame);
  const others = [ask(ROOM, {}), ask("something else", frame.parent)];
  frame.dispatchEvent(
    Object.assign(new Event("message"), { data: ROOM, source: frame.parent, ports: [] }),
  );
  tell(40);
  assert.deepEqual(others, [[], []]);
});
