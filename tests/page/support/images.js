/** Images as the relay sends them. */
import { ImageColumns } from "../../../static/image/columns.js";

/** What an image patch says: of columns of `height` cells, over y from 0 to `bins`. */
export function imagePatch({
  number = 1,
  name = "image",
  drop = 0,
  keep = 0,
  x = [],
  colors = [],
  height = 1,
  bins = height,
  z = [0, 10],
  log = false,
  down = false,
  began = 0,
}) {
  const sent = { x: Float64Array.from(x), colors: Uint8Array.from(colors) };
  const factor = Math.ceil(bins / height);
  return {
    number,
    name,
    drop,
    keep,
    height,
    bins,
    factor,
    y: [0, bins],
    z,
    log,
    down,
    rows: 7,
    began,
    ...sent,
  };
}

/** An image of these columns. */
export function imageOf(patch) {
  const image = new ImageColumns();
  image.apply(imagePatch(patch));
  return image;
}
