/** Observers of the page: of its size, of its screen's density, and whether anybody can see it. */

/**
 * @param {Element} element
 * @param {() => void} resized its size, or the pixels of the screen under it
 */
export function watchSize(element, resized) {
  new ResizeObserver(resized).observe(element);
  // Another screen, or the browser's zoom, changes the density and maybe not the size.
  const again = () => {
    resized();
    watchDensity();
  };
  const watchDensity = () =>
    matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener("change", again, {
      once: true,
    });
  watchDensity();
}

/**
 * A tab in the background, or a frame that is scrolled away.
 * @param {Element} element
 * @param {(hidden: boolean) => void} changed
 */
export function watchVisibility(element, changed) {
  let offscreen = false;
  const look = () => changed(document.hidden || offscreen);
  document.addEventListener("visibilitychange", look);
  new IntersectionObserver((entries) => {
    offscreen = !(entries.at(-1)?.isIntersecting ?? true);
    look();
  }).observe(element);
  look();
}
