/**
 * The square of a camera's picture in which a face is looked for: moved, made larger and smaller.
 * Pure. A region is [left, top, side]: of the picture's width, of its height, of its shorter edge,
 * each from 0 to 1. A picture is {width, height} in pixels.
 */
export const SIDE_MIN = 0.1;
/** A standing citizen's face should fill so much of the side. */
export const FACE_SHARE = 0.25;
const DIGITS = 3;

/**
 * @typedef {Motcua.Region} Region
 * @typedef {{width: number, height: number}} PictureSize
 * @typedef {{left: number, top: number, side: number}} Square
 * @typedef {Motcua.Corner} Corner
 */

/** @type {(value: number, low: number, high: number) => number} */
const between = (value, low, high) => Math.min(Math.max(value, low), Math.max(low, high));
/** @type {(value: number) => number} */
const round = (value) => Number(value.toFixed(DIGITS));
/** @type {(size: PictureSize) => number} */
const shorterOf = ({ width, height }) => Math.min(width, height);

/**
 * Return the square of a region in pixels, wholly inside the picture.
 * @param {Region} region
 * @param {PictureSize} size
 * @returns {Square}
 */
export function squareOf(region, size) {
  const side = between(region[2], SIDE_MIN, 1) * shorterOf(size);
  return {
    left: between(region[0] * size.width, 0, size.width - side),
    top: between(region[1] * size.height, 0, size.height - side),
    side,
  };
}

/**
 * Return the region of a square in pixels, moved and shrunk until it lies inside the picture.
 * @param {Square} square
 * @param {PictureSize} size
 * @returns {Region}
 */
export function regionOf({ left, top, side }, size) {
  const shorter = shorterOf(size);
  const inside = between(side, SIDE_MIN * shorter, shorter);
  return [
    round(between(left, 0, size.width - inside) / size.width),
    round(between(top, 0, size.height - inside) / size.height),
    round(inside / shorter),
  ];
}

/**
 * Return the largest square in the middle: where there is no region yet.
 * @param {PictureSize} size
 * @returns {Region}
 */
export function largest(size) {
  const side = shorterOf(size);
  return regionOf({ left: (size.width - side) / 2, top: (size.height - side) / 2, side }, size);
}

/**
 * Return the region moved by so many pixels of the picture.
 * @param {Region} region
 * @param {PictureSize} size
 * @param {number} right
 * @param {number} down
 */
export function move(region, size, right, down) {
  const square = squareOf(region, size);
  return regionOf({ ...square, left: square.left + right, top: square.top + down }, size);
}

/**
 * Return the region with a side that is longer by so many pixels, around the same middle as far as
 * there is room.
 * @param {Region} region
 * @param {PictureSize} size
 * @param {number} longer
 */
export function grow(region, size, longer) {
  const { left, top, side } = squareOf(region, size);
  const shorter = shorterOf(size);
  const to = between(side + longer, SIDE_MIN * shorter, shorter);
  return regionOf({ left: left - (to - side) / 2, top: top - (to - side) / 2, side: to }, size);
}

/**
 * Return the region whose `corner` was pulled to a point of the picture; the opposite corner stays.
 * @param {Region} region
 * @param {PictureSize} size
 * @param {Corner} corner
 * @param {{x: number, y: number}} point
 */
export function pull(region, size, corner, point) {
  const { left, top, side } = squareOf(region, size);
  const isWest = corner.includes("w");
  const isNorth = corner.includes("n");
  const fixed = { x: isWest ? left + side : left, y: isNorth ? top + side : top };
  const room = Math.min(
    isWest ? fixed.x : size.width - fixed.x,
    isNorth ? fixed.y : size.height - fixed.y,
    shorterOf(size),
  );
  const across = isWest ? fixed.x - point.x : point.x - fixed.x;
  const along = isNorth ? fixed.y - point.y : point.y - fixed.y;
  const to = between(Math.max(across, along), SIDE_MIN * shorterOf(size), room);
  return regionOf({ left: isWest ? fixed.x - to : fixed.x, top: isNorth ? fixed.y - to : fixed.y, side: to }, size);
}

const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/**
 * Return the region after a key, null for a key that does nothing: arrows move, + and - change the
 * side; a step is one in a hundred of the shorter edge, with Shift five.
 * @param {Region} region
 * @param {PictureSize} size
 * @param {string} key
 * @param {boolean} isLarge
 * @returns {Region | null}
 */
export function press(region, size, key, isLarge) {
  const step = (isLarge ? 0.05 : 0.01) * shorterOf(size);
  if (key in STEPS) {
    const [right, down] = STEPS[/** @type {keyof typeof STEPS} */ (key)];
    return move(region, size, right * step, down * step);
  }
  if (key === "+" || key === "=") return grow(region, size, 2 * step);
  if (key === "-" || key === "_") return grow(region, size, -2 * step);
  return null;
}

/**
 * Return three percentages as a region, null where one of them is no number from 0 to 100 or the
 * square would reach beyond the picture.
 * @param {string[]} texts
 * @param {PictureSize} size
 * @returns {Region | null}
 */
export function readPercents(texts, size) {
  const values = texts.map((text) => (text.trim() === "" ? NaN : Number(text.trim().replace(",", ".")) / 100));
  if (values.length !== 3 || !values.every((value) => value >= 0 && value <= 1)) return null;
  const region = /** @type {Region} */ (values.map(round));
  const side = region[2] * shorterOf(size);
  const isInside =
    region[2] >= SIDE_MIN &&
    region[0] * size.width + side <= size.width * 1.005 &&
    region[1] * size.height + side <= size.height * 1.005;
  return isInside ? regionOf(squareOf(region, size), size) : null;
}

/**
 * Return a region as percentages with one decimal at most.
 * @param {Region} region
 */
export const percents = (region) => region.map((value) => String(Number((value * 100).toFixed(1))));

/**
 * Return the region of a device's settings, null where there is none that can be read.
 * @param {unknown} value
 * @returns {Region | null}
 */
export function readRegion(value) {
  const isRegion = Array.isArray(value) && value.length === 3 && value.every((one) => Number.isFinite(one));
  return isRegion ? /** @type {Region} */ (value.map(Number)) : null;
}
