/** The page's own clock, in seconds: it never goes back. */
export function seconds() {
  return performance.now() / 1000;
}

/** As the reader's clock has it, 2026-11-29 03:40:12. @param {Date} date */
export function timeText(date) {
  const two = (/** @type {number} */ number) => String(number).padStart(2, "0");
  const day = [String(date.getFullYear()), two(date.getMonth() + 1), two(date.getDate())];
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two);
  return `${day.join("-")} ${time.join(":")}`;
}
