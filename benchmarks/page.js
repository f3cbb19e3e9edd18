/**
 * Runs in every document before its own scripts, the same for zwsnb and for everybody else, and notes
 *   draws   when an animation frame was first drawn in: the first operation on a canvas (2d, WebGL, bitmap), an SVG or an image
 *           that is in the document; what is prepared elsewhere counts when it gets there
 *   bytes   of all messages of all WebSockets
 *   sent    what was said over WebSockets as short text, and when
 * Times are seconds since 1970 on this machine's clock.
 */
(() => {
  if (globalThis.bench) return;
  const now = () => (performance.timeOrigin + performance.now()) / 1000;
  const bench = { draws: [], bytes: 0, messages: 0, sent: [], onsend: null, now, forget };
  Object.defineProperty(globalThis, "bench", { value: bench });

  function forget() {
    bench.draws.length = bench.sent.length = bench.bytes = bench.messages = 0;
  }

  // The document's timeline stands still within a frame: that is what makes an operation the first one.
  let frame = NaN;
  function drew() {
    const current = document.timeline.currentTime;
    if (current === frame) return;
    frame = current;
    bench.draws.push(now());
  }

  function wrap(prototype, names, counts) {
    for (const name of names) {
      const original = prototype?.[name];
      if (typeof original !== "function") continue;
      prototype[name] = function (...given) {
        if (counts(this)) drew();
        return original.apply(this, given);
      };
    }
  }

  const flat = [
    "fill",
    "stroke",
    "fillRect",
    "strokeRect",
    "clearRect",
    "drawImage",
    "putImageData",
    "fillText",
    "strokeText",
  ];
  const gl = [
    "drawArrays",
    "drawElements",
    "clear",
    "drawArraysInstanced",
    "drawElementsInstanced",
    "drawRangeElements",
  ];
  const isShown = (context) => context.canvas.isConnected;
  const isSvg = (element) => element instanceof SVGElement && element.isConnected;
  wrap(CanvasRenderingContext2D.prototype, flat, isShown);
  wrap(WebGLRenderingContext.prototype, gl, isShown);
  wrap(WebGL2RenderingContext.prototype, gl, isShown);
  wrap(ImageBitmapRenderingContext.prototype, ["transferFromImageBitmap"], isShown);
  wrap(Element.prototype, ["setAttribute", "setAttributeNS", "replaceChildren", "append"], isSvg);
  wrap(Node.prototype, ["appendChild", "insertBefore", "removeChild", "replaceChild"], isSvg);
  const source = Object.getOwnPropertyDescriptor(HTMLImageElement.prototype, "src");
  Object.defineProperty(HTMLImageElement.prototype, "src", {
    ...source,
    set(value) {
      if (this.isConnected) drew();
      source.set.call(this, value);
    },
  });

  const size = (data) => (typeof data === "string" ? data.length : (data.byteLength ?? data.size));
  globalThis.WebSocket = class extends WebSocket {
    constructor(...given) {
      super(...given);
      this.addEventListener("message", ({ data }) => {
        bench.bytes += size(data);
        bench.messages += 1;
      });
    }

    send(data) {
      super.send(data);
      if (typeof data !== "string" || data.length > 300) return;
      bench.sent.push([now(), data]);
      bench.onsend?.(data);
    }
  };
})();
