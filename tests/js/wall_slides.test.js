import assert from "node:assert/strict";
import test from "node:test";
import { chooseSlide, cutReady, TURN_S } from "../../motcua/static/js/wall/slides.js";

const ready = { items: [], more: 0 };
const result = {};

test("a slide that is alone stays", () => {
  for (const nowMs of [0, TURN_S * 1000, TURN_S * 5000]) {
    assert.equal(chooseSlide({ ready: null, result: null }, nowMs), null);
    assert.equal(chooseSlide({ ready, result: null }, nowMs), "ready");
    assert.equal(chooseSlide({ ready: null, result }, nowMs), "result");
  }
});

test("two slides take turns, as long in a fast demo as in a hall", () => {
  for (const speed of [1, 60]) {
    const turns = [0, 1, 2, 3].map((turn) =>
      chooseSlide({ ready, result }, (turn + 0.5) * TURN_S * 1000 * speed, speed),
    );
    assert.deepEqual(turns, ["ready", "result", "ready", "result"]);
  }
});

test("the more numbers stand at counters, the fewer results are listed, and none is left out of the count", () => {
  const items = Array.from({ length: 15 }, (_item, place) => place);
  for (const [standing, most] of [
    [0, 15],
    [1, 9],
    [6, 6],
    [30, 3],
  ]) {
    const cut = cutReady({ items, more: 3 }, standing);
    assert.deepEqual([cut.items.length, cut.more], [most, 18 - most]);
  }
});
