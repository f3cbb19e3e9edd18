/** The page's own clock, in seconds: it never goes back. */
export function seconds() {
  return performance.now() / 1000;
}
