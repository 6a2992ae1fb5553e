// Strokes as the image that a digit reader expects: as in the pictures of MNIST, what is drawn is
// scaled to 20 of 28 pixels and its ink is centred; ink is 1, paper 0.
//
// Pixels are computed from their distance to the strokes. (Reading them back from a canvas would
// do, but browsers that guard against fingerprinting spoil what is read.)

const content = 20 / 28; // of the image, that what is drawn fills
const pen = 1.15 / 28; // radius of the pen, of the image
const mostGrowth = 4; // a dot stays small

function boxOf(points) {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  return { left, top, width: Math.max(...xs) - left, height: Math.max(...ys) - top };
}

/** The strokes in pixels of an image of `size`, filling the middle of it. */
function fitted(strokes, size) {
  const { left, top, width, height } = boxOf(strokes.flat());
  const room = content - 2 * pen;
  const scale = Math.min(room / Math.max(width, height, 1e-6), mostGrowth);
  const place = (value, from, extent) => (0.5 + (value - from - extent / 2) * scale) * size;
  return strokes.map((stroke) =>
    stroke.map(([x, y]) => [place(x, left, width), place(y, top, height)]));
}

function distance(x, y, [ax, ay], [bx, by]) {
  const [dx, dy] = [bx - ax, by - ay];
  const along = ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1);
  const t = Math.min(1, Math.max(0, along));
  return Math.hypot(x - ax - t * dx, y - ay - t * dy);
}

/** Ink of each pixel: full within the pen's radius, fading over one pixel at its edge. */
function inked(strokes, size) {
  const radius = pen * size;
  const reach = radius + 0.5;
  const pixels = new Float32Array(size * size);
  const draw = (a, b) => {
    const range = (axis) => [
      Math.max(0, Math.floor(Math.min(a[axis], b[axis]) - reach)),
      Math.min(size - 1, Math.ceil(Math.max(a[axis], b[axis]) + reach)),
    ];
    const [[x0, x1], [y0, y1]] = [range(0), range(1)];
    for (let y = y0; y <= y1; ++y) {
      for (let x = x0; x <= x1; ++x) {
        const ink = Math.min(1, Math.max(0, reach - distance(x + 0.5, y + 0.5, a, b)));
        if (ink > pixels[y * size + x]) pixels[y * size + x] = ink;
      }
    }
  };
  for (const stroke of strokes) {
    stroke.forEach((point, i) => draw(stroke[Math.max(0, i - 1)], point));
  }
  return pixels;
}

/** By how much the middle of the ink is off the middle of the image. */
function offCentre(pixels, size) {
  let [all, x, y] = [0, 0, 0];
  pixels.forEach((ink, i) => {
    all += ink;
    x += ink * (i % size + 0.5);
    y += ink * (Math.floor(i / size) + 0.5);
  });
  return [x / all - size / 2, y / all - size / 2];
}

/**
 * @param {number[][][]} strokes not empty; lists of points [x, y]
 * @param {{height: number, width: number, channels: number}} image
 * @return {Float32Array} height * width * channels numbers from 0 to 1
 */
export function pictureOf(strokes, { height, width, channels }) {
  const size = Math.min(height, width);
  const rough = fitted(strokes, size);
  const [dx, dy] = offCentre(inked(rough, size), size);
  const centred = rough.map((stroke) => stroke.map(([x, y]) => [x - dx, y - dy]));
  const square = inked(centred, size);
  const picture = new Float32Array(height * width * channels);
  const [top, left] = [Math.floor((height - size) / 2), Math.floor((width - size) / 2)];
  for (let y = 0; y < size; ++y) {
    for (let x = 0; x < size; ++x) {
      const at = ((y + top) * width + x + left) * channels;
      picture.fill(square[y * size + x], at, at + channels);
    }
  }
  return picture;
}
