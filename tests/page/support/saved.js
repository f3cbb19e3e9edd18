/** What a saved page holds, made by hand. */

/**
 * A series of points at x = 0, 1, 2, ..., of which those from number `exact` on are all there were.
 * @param {[number, number][]} points
 * @param {object} more
 */
export function heldOf(points, more = {}) {
  const curve = Float64Array.from(points.flat());
  const xs = points.map(([x]) => x);
  return {
    id: 0,
    xy: false,
    points: points.length,
    last: points.at(-1) ?? [NaN, NaN],
    x_range: [Math.min(...xs), Math.max(...xs)],
    vertices: points.length,
    exact: 0,
    candles: [],
    curve,
    ...more,
  };
}

/** So many points, whose y goes up and down. @param {number} count @param {object} more */
export function waves(count, more = {}) {
  return heldOf(
    Array.from({ length: count }, (_, i) => [i, (i * 7919) % 13]),
    more,
  );
}

/** Columns of the colours of an image, from the lowest y; of each value a cell. */
export function imageHeld({ x, colors, bins, factor = 1, width = 0.5, whole = true }) {
  const head = { name: "image", bins, factor, columns: x.length, width, whole, rows: 2 * x.length };
  const sent = { x: Float64Array.from(x), colors: Uint8Array.from(colors) };
  return { ...head, y: [0, bins], z: [0, 10], ...sent };
}

/** @param {ReturnType<typeof heldOf>[]} series @param {object} more of the head, and an image */
export function savedOf(series, { image = null, ...more } = {}) {
  const ends = series.flatMap(({ x_range }) => x_range);
  const head = {
    saved: 1_795_811_940,
    messages: [
      {
        type: "hello",
        version: 2,
        plot: "run",
        options: { time: false },
        clock: 1,
        edits: false,
        service: "s",
      },
      {
        type: "series",
        series: series.map(({ id }) => ({
          id,
          name: `s${id}`,
          of: `s${id}`,
          run: "",
          number: 0,
          cell: null,
          slot: id,
        })),
      },
      { type: "status", counts: { gaps: 1 }, notices: [] },
    ],
    log: false,
    points: series.reduce((sum, { points }) => sum + points, 0),
    x_range: ends.length ? [Math.min(...ends), Math.max(...ends)] : [null, null],
    held: series.map(({ curve, ...its }) => its),
    ...more,
  };
  return { head, series, image };
}
