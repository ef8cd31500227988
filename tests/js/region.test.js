import assert from "node:assert/strict";
import { test } from "node:test";
import {
  grow,
  largest,
  move,
  percents,
  press,
  pull,
  readPercents,
  readRegion,
  SIDE_MIN,
  squareOf,
} from "../../motcua/static/js/settings/region.js";

const WIDE = { width: 640, height: 480 };
const TALL = { width: 480, height: 640 };
const MIDDLE = [0.25, 0.2, 0.5];

/** Say whether a region's square lies in the picture, a pixel's rounding aside. */
function isInside(region, size) {
  const [left, top, side] = [
    region[0] * size.width,
    region[1] * size.height,
    region[2] * Math.min(...Object.values(size)),
  ];
  return (
    left >= 0 && top >= 0 && left + side <= size.width + 1 && top + side <= size.height + 1 && region[2] >= SIDE_MIN
  );
}

test("without a region it is the largest square in the middle", () => {
  assert.deepEqual(largest(WIDE), [0.125, 0, 1]);
  assert.deepEqual(largest(TALL), [0, 0.125, 1]);
  assert.deepEqual(squareOf([0.125, 0, 1], WIDE), { left: 80, top: 0, side: 480 });
});

test("it is moved and stops at the edges", () => {
  assert.deepEqual(move(MIDDLE, WIDE, 64, -48), [0.35, 0.1, 0.5]);
  assert.deepEqual(move(MIDDLE, WIDE, -9_000, -9_000), [0, 0, 0.5]);
  assert.deepEqual(move(MIDDLE, WIDE, 9_000, 9_000), [0.625, 0.5, 0.5]);
});

test("it grows around its middle, as far as there is room, and never becomes too small", () => {
  assert.deepEqual(grow(MIDDLE, WIDE, 96), [0.175, 0.1, 0.7]);
  assert.deepEqual(grow(MIDDLE, WIDE, 9_000), [0.063, 0, 1]);
  assert.equal(grow(MIDDLE, WIDE, -9_000)[2], SIDE_MIN);
});

test("a pulled corner leaves the opposite one where it is", () => {
  const { left, top, side } = squareOf(MIDDLE, WIDE);
  for (const [corner, x, y] of [
    ["se", left, top],
    ["nw", left + side, top + side],
    ["ne", left, top + side],
    ["sw", left + side, top],
  ]) {
    for (const point of [
      { x: 320, y: 240 },
      { x: -500, y: 240 },
      { x: 9_000, y: 9_000 },
    ]) {
      const pulled = pull(MIDDLE, WIDE, corner, point);
      const now = squareOf(pulled, WIDE);
      const fixed = {
        x: corner.includes("w") ? now.left + now.side : now.left,
        y: corner.includes("n") ? now.top + now.side : now.top,
      };
      assert.ok(Math.abs(fixed.x - x) <= 1 && Math.abs(fixed.y - y) <= 1, `${corner} ${JSON.stringify(now)}`);
      assert.ok(isInside(pulled, WIDE));
    }
  }
  assert.deepEqual(pull([0.25, 0.25, 0.25], WIDE, "se", { x: 400, y: 200 }), [0.25, 0.25, 0.5]);
});

test("keys move and size it, with Shift five times as far, and others do nothing", () => {
  assert.deepEqual(press(MIDDLE, WIDE, "ArrowDown", false), [0.25, 0.21, 0.5]);
  assert.deepEqual(press(MIDDLE, WIDE, "ArrowDown", true), [0.25, 0.25, 0.5]);
  assert.equal(press(MIDDLE, WIDE, "+", false)[2], 0.52);
  assert.equal(press(MIDDLE, WIDE, "-", true)[2], 0.4);
  assert.deepEqual([press(MIDDLE, WIDE, "Tab", false), press(MIDDLE, WIDE, "a", true)], [null, null]);
});

test("whatever is pressed, it stays in the picture", () => {
  const keys = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "+", "-", "+", "+"];
  for (const size of [WIDE, TALL]) {
    let region = largest(size);
    for (let n = 0; n < 400; n += 1) {
      region = press(region, size, keys[(n * 7 + (n >> 3)) % keys.length], n % 3 === 0);
      assert.ok(isInside(region, size), JSON.stringify(region));
    }
  }
});

test("percentages are read with comma or point, and refused beyond the picture", () => {
  assert.deepEqual(readPercents(["25", "20,5", "50"], WIDE), [0.25, 0.205, 0.5]);
  assert.deepEqual(percents([0.25, 0.205, 0.5]), ["25", "20.5", "50"]);
  for (const texts of [
    ["", "20", "50"],
    ["x", "20", "50"],
    ["-1", "20", "50"],
    ["25", "20", "9"],
    ["80", "20", "50"],
    ["25", "60", "50"],
    ["25", "20"],
  ]) {
    assert.equal(readPercents(texts, WIDE), null, texts.join());
  }
});

test("what the fields show for any square is read again as the same square", () => {
  let region = largest(WIDE);
  for (const key of ["-", "-", "ArrowRight", "ArrowDown", "-", "ArrowLeft", "+"]) {
    region = press(region, WIDE, key, true);
    assert.deepEqual(readPercents(percents(region), WIDE), region);
  }
});

test("a device's settings hold three numbers or no region", () => {
  assert.deepEqual(readRegion([0.1, 0, 1]), [0.1, 0, 1]);
  for (const odd of [null, undefined, "0.1 0 1", [0.1, 0], [0.1, 0, "x"], [0, 0, NaN]]) {
    assert.equal(readRegion(odd), null);
  }
});
