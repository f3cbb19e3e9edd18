/** Observers of the page: of its size, of its screen's density, and whether anybody can see it. */
import { observe } from "../base/scope.js";

/**
 * @param {Element} element
 * @param {() => void} resized its size, or the pixels of the screen under it
 * @param {AbortSignal} signal
 */
export function watchSize(element, resized, signal) {
  observe(new ResizeObserver(resized), element, signal);
  // Another screen, or the browser's zoom, changes the density and maybe not the size.
  const again = () => {
    resized();
    watchDensity();
  };
  const watchDensity = () =>
    matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener("change", again, {
      once: true,
      signal,
    });
  watchDensity();
}

/**
 * A tab in the background, or a frame that is scrolled away.
 * @param {Element} element
 * @param {(hidden: boolean) => void} changed
 * @param {AbortSignal} signal
 */
export function watchVisibility(element, changed, signal) {
  let offscreen = false;
  const look = () => changed(document.hidden || offscreen);
  document.addEventListener("visibilitychange", look, { signal });
  const observer = new IntersectionObserver((entries) => {
    offscreen = !(entries.at(-1)?.isIntersecting ?? true);
    look();
  });
  observe(observer, element, signal);
  look();
}
